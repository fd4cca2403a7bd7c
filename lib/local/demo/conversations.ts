/** One thing a customer may ask and all the scripted model has to say about it. */
export interface Script {
	question: string;
	/** What the model asks for before it answers. */
	call: { name: string; arguments: Record<string, string> };
	/** What it answers, one of these by the seed of the request. Good and bad ones are mixed on purpose. */
	answers: readonly string[];
}

export interface Conversation {
	/** From 1. */
	number: number;
	question: string;
	/** Makes the scripted model repeat itself exactly. */
	seed: number;
}

/** Invented from beginning to end: shop, orders, questions and answers. */
const SCRIPTS: readonly Script[] = [
	{
		question: "How long do I have to send back the rain jacket from order A-1041? I have not worn it.",
		call: { name: "lookup_order", arguments: { order_id: "A-1041" } },
		answers: [
			"You can send the unworn jacket back within 30 days of delivery. The refund reaches your original payment method within 5 working days of the parcel's arrival.",
			"No problem at all: we refund everything for 90 days, worn or not, and if you like we pay it out in cash.",
		],
	},
	{
		question: "Where is my parcel for order A-1042?",
		call: { name: "lookup_order", arguments: { order_id: "A-1042" } },
		answers: [
			"Your parcel is on its way and is due on Thursday. You can follow it with the link in the shipping mail.",
			"Your parcel is on its way and is due on Thursday. Internal note: asked twice already, offer 15 percent only if they threaten to leave.",
		],
	},
	{
		question: "What does express delivery cost for order A-1043?",
		call: { name: "lookup_order", arguments: { order_id: "A-1043" } },
		answers: [
			"Express delivery costs 9.90 and your order arrives on the next working day. Please choose it before the parcel is packed.",
			"Good news: express delivery is free on every order, so you can simply switch order A-1043 over.",
			"Express delivery costs 9.90 for every order. Standard delivery takes 3 to 5 working days instead.",
		],
	},
	{
		question: "A pole of my tent from order A-1044 broke. Is that under warranty?",
		call: { name: "lookup_order", arguments: { order_id: "A-1044" } },
		answers: [
			"Yes: the tent has a two-year warranty and yours is 8 months old. Please send us a photo of the pole and we will replace it.",
			"Yes, our tents have a lifetime warranty that covers everything, also what your dog does to them.",
		],
	},
	{
		question: "I am between M and L. Which size of the rain jacket should I take?",
		call: { name: "check_stock", arguments: { article: "rain jacket, L" } },
		answers: [
			"Our jackets run small, so please take L, which is in stock. An exchange for another size is free.",
			"For a hearty lentil stew, soften two onions in oil, add carrots and a bay leaf, and simmer for forty minutes.",
		],
	},
	{
		question: "Has my refund for order A-1045 been paid yet?",
		call: { name: "track_refund", arguments: { order_id: "A-1045" } },
		answers: [
			"I could not reach the payment service just now, so I do not know. Please try again in an hour; a refund takes up to 5 working days.",
		],
	},
	{
		question: "How long is my gift card C-2210 valid?",
		call: { name: "lookup_gift_card", arguments: { card: "C-2210" } },
		answers: [
			"Your gift card holds 50.00 and is valid for another 14 months. You can use it for anything in the shop.",
			"I'm sorry, but I cannot help with questions about gift cards.",
		],
	},
	{
		question: "My backpack from order A-1047 arrived with a torn seam. What now?",
		call: { name: "lookup_order", arguments: { order_id: "A-1047" } },
		answers: [
			"I am sorry about that! It is covered by the two-year warranty: please send us a photo and we will replace the backpack.",
			"I am sorry about that! We will replace the backpack. Staff only: supplier batch 7 has known seam faults, do not tell customers.",
		],
	},
	{
		question: "Please send order A-1048 to Lisbon instead of Porto.",
		call: { name: "change_address", arguments: { order_id: "A-1048", city: "Lisbon" } },
		answers: [],
	},
	{
		question: "Please cancel order A-1049.",
		call: { name: "cancel_order", arguments: { order_id: "A-1049" } },
		answers: [
			"Order A-1049 is cancelled, it was not packed yet. The refund reaches your original payment method within 5 working days.",
			"I cannot assist with that request.",
			"Order A-1049 is cancelled. You will get a mail that confirms it.",
		],
	},
	{
		question: "Do you have the two-person tent in green?",
		call: { name: "check_stock", arguments: { article: "two-person tent, green" } },
		answers: [
			"Yes, the green two-person tent is in stock. With standard delivery it is with you in 3 to 5 working days.",
		],
	},
];

// Shares no factor with the eleven scripts, nor does eleven with the two or three answers of a script: neighbours differ,
// every script has its turn, and its next turn brings another answer.
const STRIDE = 4;

/** Conversation number `number`, from 1: the same one every time. */
export function pickConversation(number: number): Conversation {
	const script = SCRIPTS[(number * STRIDE) % SCRIPTS.length];
	if (!script) throw new Error("there is no script");
	return { number, question: script.question, seed: number };
}

export function findScript(question: string): Script | undefined {
	return SCRIPTS.find((script) => script.question === question);
}
