-- CreateEnum
CREATE TYPE "answer_form" AS ENUM ('JSON_SCHEMA', 'TOOL_CALL', 'TEXT');

-- CreateEnum
CREATE TYPE "rule_target" AS ENUM ('SPAN', 'TRACE');

-- CreateEnum
CREATE TYPE "backfill_status" AS ENUM ('RUNNING', 'DONE', 'CANCELLED', 'FAILED');

-- CreateEnum
CREATE TYPE "alert_metric" AS ENUM ('PASS_RATE', 'MEAN_SCORE', 'ERROR_RATIO', 'LATENCY_P95', 'COST');

-- CreateEnum
CREATE TYPE "alert_comparison" AS ENUM ('ABOVE', 'BELOW', 'RISES_BY', 'FALLS_BY');

-- CreateEnum
CREATE TYPE "alert_state" AS ENUM ('OK', 'FIRING', 'NO_DATA');

-- CreateEnum
CREATE TYPE "delivery_status" AS ENUM ('PENDING', 'DELIVERED', 'FAILED');

-- AlterEnum
ALTER TYPE "task_status" ADD VALUE 'BLOCKED';
ALTER TYPE "task_status" ADD VALUE 'OVER_BUDGET';

-- DropIndex
DROP INDEX "evaluation_tasks_rule_id_trace_id_span_id_key";

-- AlterTable
ALTER TABLE "connections" ADD COLUMN     "answer_form" "answer_form",
ADD COLUMN     "blocked_at" TIMESTAMPTZ(3),
ADD COLUMN     "blocked_reason" TEXT,
ADD COLUMN     "max_concurrency" INTEGER NOT NULL DEFAULT 5,
ADD COLUMN     "next_call_at" TIMESTAMPTZ(3),
ADD COLUMN     "requests_per_minute" INTEGER;

-- AlterTable
ALTER TABLE "evaluation_tasks" ADD COLUMN     "backfill_id" UUID,
ADD COLUMN     "cost_usd" DOUBLE PRECISION,
ADD COLUMN     "current" BOOLEAN DEFAULT true,
ADD COLUMN     "judge_trace_id" TEXT,
ADD COLUMN     "latency_ms" INTEGER,
ADD COLUMN     "model" TEXT,
ADD COLUMN     "priority" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "reserved_usd" DOUBLE PRECISION NOT NULL DEFAULT 0,
ADD COLUMN     "rule_version" INTEGER NOT NULL DEFAULT 1,
ALTER COLUMN "connection_id" DROP NOT NULL;

-- How a rule judges is kept with its versions, no longer in the queue.
UPDATE "evaluation_tasks" SET "snapshot" = "snapshot" - 'criteria';

-- AlterTable
ALTER TABLE "rules" ADD COLUMN     "daily_budget_count" INTEGER,
ADD COLUMN     "daily_budget_usd" DOUBLE PRECISION,
ADD COLUMN     "evaluator" JSONB,
ADD COLUMN     "filter" JSONB,
ADD COLUMN     "priority" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "sample_rate" DOUBLE PRECISION NOT NULL DEFAULT 1,
ADD COLUMN     "settle_seconds" INTEGER NOT NULL DEFAULT 30,
ADD COLUMN     "settle_seconds_max" INTEGER NOT NULL DEFAULT 900,
ADD COLUMN     "target" "rule_target" NOT NULL DEFAULT 'SPAN',
ADD COLUMN     "version" INTEGER NOT NULL DEFAULT 1,
ALTER COLUMN "connection_id" DROP NOT NULL;

-- The two selectors that rules had are two shapes of a filter, the criteria are a model judge's.
UPDATE "rules" SET
    "filter" = jsonb_build_object(
        'field', CASE WHEN "match_type" = 'SPAN_NAME' THEN 'name' ELSE 'attribute.' || "match_key" END,
        'op', '=',
        'value', "match_value"),
    "evaluator" = jsonb_build_object('kind', 'llm_judge', 'criteria', "criteria", 'template', NULL);

-- AlterTable
ALTER TABLE "rules" ALTER COLUMN "filter" SET NOT NULL,
ALTER COLUMN "evaluator" SET NOT NULL,
DROP COLUMN "criteria",
DROP COLUMN "match_key",
DROP COLUMN "match_type",
DROP COLUMN "match_value";

-- DropEnum
DROP TYPE "match_type";

-- CreateTable
CREATE TABLE "rule_versions" (
    "rule_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "definition" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "rule_versions_pkey" PRIMARY KEY ("rule_id","version")
);

-- CreateTable
CREATE TABLE "rule_spend" (
    "rule_id" UUID NOT NULL,
    "day" DATE NOT NULL,
    "usd" DOUBLE PRECISION NOT NULL DEFAULT 0,
    "count" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "rule_spend_pkey" PRIMARY KEY ("rule_id","day")
);

-- CreateTable
CREATE TABLE "backfills" (
    "id" UUID NOT NULL,
    "project_id" UUID NOT NULL,
    "rule_id" UUID,
    "trace_id" TEXT,
    "filter" JSONB,
    "from" TIMESTAMPTZ(3) NOT NULL,
    "to" TIMESTAMPTZ(3) NOT NULL,
    "anew" BOOLEAN NOT NULL DEFAULT false,
    "status" "backfill_status" NOT NULL DEFAULT 'RUNNING',
    "position" JSONB,
    "matched" INTEGER NOT NULL DEFAULT 0,
    "planned" INTEGER NOT NULL DEFAULT 0,
    "last_error" TEXT,
    "request_id" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "backfills_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "evaluation_triggers" (
    "id" UUID NOT NULL,
    "project_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "sealed_secret" TEXT NOT NULL,
    "last_used_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "evaluation_triggers_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "alerts" (
    "id" UUID NOT NULL,
    "project_id" UUID NOT NULL,
    "rule_id" UUID,
    "name" TEXT NOT NULL,
    "metric" "alert_metric" NOT NULL,
    "comparison" "alert_comparison" NOT NULL,
    "threshold" DOUBLE PRECISION NOT NULL,
    "window_minutes" INTEGER NOT NULL,
    "min_samples" INTEGER NOT NULL DEFAULT 1,
    "enabled" BOOLEAN NOT NULL DEFAULT true,
    "muted_until" TIMESTAMPTZ(3),
    "state" "alert_state" NOT NULL DEFAULT 'NO_DATA',
    "state_since" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_value" DOUBLE PRECISION,
    "checked_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "alerts_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "alert_transitions" (
    "alert_id" UUID NOT NULL,
    "seq" INTEGER NOT NULL,
    "from" "alert_state" NOT NULL,
    "to" "alert_state" NOT NULL,
    "value" DOUBLE PRECISION,
    "baseline" DOUBLE PRECISION,
    "muted" BOOLEAN NOT NULL DEFAULT false,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "alert_transitions_pkey" PRIMARY KEY ("alert_id","seq")
);

-- CreateTable
CREATE TABLE "alert_webhooks" (
    "id" UUID NOT NULL,
    "project_id" UUID NOT NULL,
    "url" TEXT NOT NULL,
    "sealed_secret" TEXT,
    "enabled" BOOLEAN NOT NULL DEFAULT true,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "alert_webhooks_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "webhook_deliveries" (
    "id" UUID NOT NULL,
    "webhook_id" UUID NOT NULL,
    "project_id" UUID NOT NULL,
    "event" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "status" "delivery_status" NOT NULL DEFAULT 'PENDING',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "not_before" TIMESTAMPTZ(3),
    "claimed_at" TIMESTAMPTZ(3),
    "claim_token" TEXT,
    "answer_status" INTEGER,
    "answer_text" TEXT,
    "last_error" TEXT,
    "duration_ms" INTEGER,
    "dispatched_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "completed_at" TIMESTAMPTZ(3),

    CONSTRAINT "webhook_deliveries_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "heartbeats" (
    "name" TEXT NOT NULL,
    "beat_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "heartbeats_pkey" PRIMARY KEY ("name")
);

-- CreateIndex
CREATE UNIQUE INDEX "backfills_request_id_key" ON "backfills"("request_id");

-- CreateIndex
CREATE INDEX "backfills_project_id_created_at_idx" ON "backfills"("project_id", "created_at");

-- CreateIndex
CREATE INDEX "backfills_status_idx" ON "backfills"("status");

-- CreateIndex
CREATE INDEX "evaluation_triggers_project_id_idx" ON "evaluation_triggers"("project_id");

-- CreateIndex
CREATE INDEX "alerts_rule_id_idx" ON "alerts"("rule_id");

-- CreateIndex
CREATE UNIQUE INDEX "alerts_project_id_name_key" ON "alerts"("project_id", "name");

-- CreateIndex
CREATE INDEX "alert_webhooks_project_id_idx" ON "alert_webhooks"("project_id");

-- CreateIndex
CREATE INDEX "webhook_deliveries_webhook_id_created_at_idx" ON "webhook_deliveries"("webhook_id", "created_at");

-- CreateIndex
CREATE INDEX "webhook_deliveries_status_dispatched_at_idx" ON "webhook_deliveries"("status", "dispatched_at");

-- CreateIndex
CREATE INDEX "evaluation_tasks_connection_id_status_priority_id_idx" ON "evaluation_tasks"("connection_id", "status", "priority" DESC, "id");

-- CreateIndex
CREATE INDEX "evaluation_tasks_connection_id_status_not_before_idx" ON "evaluation_tasks"("connection_id", "status", "not_before");

-- CreateIndex
CREATE INDEX "evaluation_tasks_rule_id_created_at_idx" ON "evaluation_tasks"("rule_id", "created_at");

-- CreateIndex
CREATE INDEX "evaluation_tasks_backfill_id_idx" ON "evaluation_tasks"("backfill_id");

-- CreateIndex
CREATE UNIQUE INDEX "evaluation_tasks_rule_id_trace_id_span_id_current_key" ON "evaluation_tasks"("rule_id", "trace_id", "span_id", "current");

-- AddForeignKey
ALTER TABLE "rule_versions" ADD CONSTRAINT "rule_versions_rule_id_fkey" FOREIGN KEY ("rule_id") REFERENCES "rules"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "rule_spend" ADD CONSTRAINT "rule_spend_rule_id_fkey" FOREIGN KEY ("rule_id") REFERENCES "rules"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "backfills" ADD CONSTRAINT "backfills_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "projects"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "backfills" ADD CONSTRAINT "backfills_rule_id_fkey" FOREIGN KEY ("rule_id") REFERENCES "rules"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "evaluation_triggers" ADD CONSTRAINT "evaluation_triggers_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "projects"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "alerts" ADD CONSTRAINT "alerts_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "projects"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "alerts" ADD CONSTRAINT "alerts_rule_id_fkey" FOREIGN KEY ("rule_id") REFERENCES "rules"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "alert_transitions" ADD CONSTRAINT "alert_transitions_alert_id_fkey" FOREIGN KEY ("alert_id") REFERENCES "alerts"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "alert_webhooks" ADD CONSTRAINT "alert_webhooks_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "projects"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "webhook_deliveries" ADD CONSTRAINT "webhook_deliveries_webhook_id_fkey" FOREIGN KEY ("webhook_id") REFERENCES "alert_webhooks"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AlterTable
ALTER TABLE "webhook_deliveries" ADD COLUMN     "alert_id" UUID;

-- CreateIndex
CREATE INDEX "evaluation_tasks_rule_id_completed_at_idx" ON "evaluation_tasks"("rule_id", "completed_at");
-- Rules from before begin at version 1 with what they say now.
INSERT INTO "rule_versions" ("rule_id", "version", "definition")
SELECT "id", 1, jsonb_build_object(
    'filter', "filter", 'target', "target", 'settleSeconds', "settle_seconds", 'settleSecondsMax', "settle_seconds_max",
    'sampleRate', "sample_rate", 'evaluatorName', "evaluator_name", 'evaluator', "evaluator", 'connectionId', "connection_id",
    'minScore', "min_score", 'maxScore', "max_score", 'threshold', "threshold")
FROM "rules";
