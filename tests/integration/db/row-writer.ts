// Child process of the durability test: writes projects one by one into the database of its argument, telling each
// name once it is committed, until it is killed.
import { db, openDatabase } from "@/lib/db/client";

await openDatabase({ dataDir: process.argv[2] });
for (let number = 1; ; number++) {
	await db().project.create({ data: { name: `written-${number}` } });
	console.log(`written-${number}`);
}
