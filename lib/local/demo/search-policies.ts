export interface Policy {
	id: string;
	content: string;
}

export interface FoundPolicy extends Policy {
	/** Share of the question's words that the policy contains. */
	score: number;
}

const FOUND_MAX = 2;

/** What the invented shop promises. The scripted judge holds the scripted answers against the same facts. */
const POLICIES: readonly Policy[] = [
	{
		id: "returns",
		content:
			"Unused goods can be sent back within 30 days of delivery. A refund goes to the original payment method within 5 working days of the parcel's arrival. Worn goods are not taken back.",
	},
	{
		id: "delivery",
		content:
			"Standard delivery takes 3 to 5 working days and is free for orders from 60. Express delivery arrives on the next working day and costs 9.90 for every order.",
	},
	{
		id: "warranty",
		content:
			"Every tent and every backpack has a two-year warranty against faults in material. Broken poles, zips and buckles are repaired or replaced under it.",
	},
	{
		id: "orders",
		content:
			"An order can be cancelled or its address changed until the parcel is packed. A packed order must be sent back after delivery instead.",
	},
	{
		id: "gift-cards",
		content: "A gift card is valid for three years and can pay for anything in the shop. It is not paid out.",
	},
	{
		id: "sizes",
		content: "Our jackets run small: between two sizes, take the larger one. An exchange for another size is free.",
	},
];

/** The policies that share the most words with the question, best first. */
export function searchPolicies(question: string): FoundPolicy[] {
	const asked = wordsOf(question);
	return POLICIES.map((policy) => {
		const known = wordsOf(policy.content);
		const shared = [...asked].filter((word) => known.has(word)).length;
		return { ...policy, score: Math.round((shared / asked.size) * 100) / 100 };
	})
		.filter(({ score }) => score > 0)
		.sort((a, b) => b.score - a.score)
		.slice(0, FOUND_MAX);
}

function wordsOf(text: string): Set<string> {
	return new Set(text.toLowerCase().match(/[a-z]{4,}/g));
}
