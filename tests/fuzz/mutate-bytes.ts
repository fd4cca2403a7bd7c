import { type Dice, odds } from "@/tests/fuzz/dice";

const CHANGES = odds({ set: 5, flip: 4, cut: 2, lose: 2, repeat: 1, insert: 2 });
const INTERESTING = [0, 1, 0x0a, 0x12, 0x22, 0x5b, 0x7b, 0x7d, 0x7f, 0x80, 0xfe, 0xff];

/** The body with bytes changed, lost, repeated, inserted or cut off. */
export function mutateBytes(dice: Dice, body: Buffer): Buffer {
	let bytes = Buffer.from(body);
	const changes = 1 + dice.below(4);
	for (let change = 0; change < changes && bytes.length > 0; change++) {
		const at = dice.below(bytes.length);
		switch (dice.draw(CHANGES)) {
			case "set":
				bytes[at] = dice.chance(0.5) ? dice.pick(INTERESTING) : dice.below(256);
				break;
			case "flip":
				bytes[at] = (bytes[at] ?? 0) ^ (1 << dice.below(8));
				break;
			case "cut":
				bytes = bytes.subarray(0, at);
				break;
			case "lose":
				bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1 + dice.below(16))]);
				break;
			case "repeat":
				bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(Math.max(0, at - 40))]);
				break;
			case "insert":
				bytes = Buffer.concat([
					bytes.subarray(0, at),
					Buffer.from([dice.below(256), dice.below(256)]),
					bytes.subarray(at),
				]);
				break;
		}
	}
	return bytes;
}
