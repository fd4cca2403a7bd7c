// Preloaded by NODE_OPTIONS: the application finds a front door that seems to hang already, so none is hung, and its routes
// answer exports themselves, as they do where nobody may touch the HTTP server.
globalThis[Symbol.for("spanwise.front-door")] = { door: null };
