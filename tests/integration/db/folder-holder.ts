// Child process of the lock tests: takes the folder of its argument, tells the outcome and stays until it is killed.
import { lockFolder } from "@/lib/db/lock-folder";
import { toAppError } from "@/lib/errors";

const [folder = "", waitMs = "0"] = process.argv.slice(2);
try {
	await lockFolder(folder, { waitMs: Number(waitMs) });
	console.log("held");
} catch (error) {
	const { code, publicMessage } = toAppError(error);
	console.log(`${code}: ${publicMessage}`);
}
setInterval(() => undefined, 1000);
