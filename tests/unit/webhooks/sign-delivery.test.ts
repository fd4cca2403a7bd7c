import { describe, expect, it } from "vitest";
import { Secret } from "@/lib/crypto/secret-box";
import { signDelivery } from "@/lib/webhooks/sign-delivery";

describe("signDelivery()", () => {
	it("signs the bytes of the body and, with a moment, both: as `openssl dgst -sha256 -hmac` does", () => {
		const body = '{"text":"Grüße, “世界”"}';
		// printf '%s' "$BODY" | openssl dgst -sha256 -hmac whsec; printf '1700000000.%s' "$BODY" | ...
		expect(signDelivery(body, new Secret("whsec"), new Date(1_700_000_000_999))).toEqual({
			"X-Dokimos-Signature": "c4385d4c45ebd74de859b92ddfdf7ec7118706ed5c981079385dc7e0da27d33f",
			"X-Spanwise-Signature": "t=1700000000,v1=675f5ea6cdfc59fbc3e6030be8582d90d1c767e5f8ea46d4b0742ab280c6cd5d",
		});
	});
});
