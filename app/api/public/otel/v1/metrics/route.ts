export { POST } from "@/app/v1/metrics/route";
