-- CreateTable
CREATE TABLE "price_overrides" (
    "id" UUID NOT NULL,
    "project_id" UUID NOT NULL,
    "model_pattern" TEXT NOT NULL,
    "provider" TEXT,
    "input_per_million" DOUBLE PRECISION NOT NULL,
    "output_per_million" DOUBLE PRECISION NOT NULL,
    "cache_read_per_million" DOUBLE PRECISION,
    "cache_write_per_million" DOUBLE PRECISION,
    "effective_from" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "price_overrides_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "price_overrides_project_id_idx" ON "price_overrides"("project_id");

-- AddForeignKey
ALTER TABLE "price_overrides" ADD CONSTRAINT "price_overrides_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "projects"("id") ON DELETE CASCADE ON UPDATE CASCADE;
