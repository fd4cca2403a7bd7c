/** Anything with headers to ask for by name, in any case: a web Request, or an exchange without a framework. */
export interface HasHeaders {
	headers: Pick<Headers, "get">;
}
