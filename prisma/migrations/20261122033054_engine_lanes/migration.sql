-- AlterTable
ALTER TABLE "engine_jobs" DROP COLUMN "concurrency_key",
ADD COLUMN     "generation" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "lane" TEXT NOT NULL;

-- AlterTable
ALTER TABLE "engine_runs" ADD COLUMN     "lane" TEXT NOT NULL;

-- CreateIndex
CREATE INDEX "engine_jobs_lane_due_at_idx" ON "engine_jobs"("lane", "due_at");

-- CreateIndex
CREATE INDEX "engine_jobs_lease_until_idx" ON "engine_jobs"("lease_until");
