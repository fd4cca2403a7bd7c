import { startProduct } from "@/tests/bench/served-product";
import { prepareExports } from "@/tests/bench/prepare-exports";
import { openConnection } from "@/tests/bench/keep-alive-connection";
import { cpuSeconds } from "@/tests/bench/process-usage";
const [mode = "server", encoding = "json", senders = "64", each = "512", n = "100"] = process.argv.slice(2);
const product = await startProduct(mode as "server");
try {
  await fetch(`${product.url}/api/v1/projects`, { method: "POST", headers: { "Content-Type": "application/json" }, body: '{"name":"bench"}' });
  const { bodies } = prepareExports({ kind: "exports", encoding: encoding as "json", project: "bench", seed: 1, requests: Number(n), spansEach: Number(each) });
  const { port } = new URL(product.url);
  const queue = [...bodies]; let ok = 0, bad = 0; const over = Date.now() + 25_000; const waiting = new Map<number, number>();
  const t = setInterval(() => { const w = [...waiting.values()].map(s => Date.now() - s).sort((a,b)=>b-a); console.log("ok", ok, "bad", bad, "waiting", w.length, "oldest", w.slice(0,5).join(" "), "cpu web", cpuSeconds(product.webPid).toFixed(1), "ch", cpuSeconds(product.clickhousePid).toFixed(1)); }, 2000);
  await Promise.all(Array.from({ length: Number(senders) }, async (_, i) => {
    const c = openConnection("127.0.0.1", Number(port));
    while (Date.now() < over) { const b = queue.shift(); if (!b) break; b.refresh(); waiting.set(i, Date.now());
      const a = await c.send(b.bytes).catch(() => null); waiting.delete(i); queue.push(b);
      if (a?.status === 200) ok++; else { bad++; await new Promise(r => setTimeout(r, Math.min(2000, (a?.retryAfterSeconds ?? 0.1) * 1000))); } }
    c.close();
  }));
  clearInterval(t);
} finally { await product.stop(); }
