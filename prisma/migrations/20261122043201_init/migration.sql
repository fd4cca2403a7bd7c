-- CreateEnum
CREATE TYPE "protocol" AS ENUM ('RESPONSES', 'CHAT_COMPLETIONS');

-- CreateEnum
CREATE TYPE "match_type" AS ENUM ('SPAN_NAME', 'ATTRIBUTE');

-- CreateEnum
CREATE TYPE "task_status" AS ENUM ('PENDING', 'CLAIMED', 'SUCCEEDED', 'FAILED');

-- CreateTable
CREATE TABLE "projects" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "projects_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "connections" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "base_url" TEXT NOT NULL,
    "model" TEXT NOT NULL,
    "protocol" "protocol" NOT NULL DEFAULT 'RESPONSES',
    "sealed_key" TEXT,
    "credential_ref" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "connections_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "rules" (
    "id" UUID NOT NULL,
    "project_id" UUID NOT NULL,
    "connection_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "enabled" BOOLEAN NOT NULL DEFAULT true,
    "match_type" "match_type" NOT NULL,
    "match_key" TEXT,
    "match_value" TEXT NOT NULL,
    "evaluator_name" TEXT NOT NULL,
    "criteria" TEXT NOT NULL,
    "min_score" DOUBLE PRECISION NOT NULL DEFAULT 0,
    "max_score" DOUBLE PRECISION NOT NULL DEFAULT 1,
    "threshold" DOUBLE PRECISION,
    "active_since" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "rules_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "evaluation_tasks" (
    "id" UUID NOT NULL,
    "project_id" UUID NOT NULL,
    "rule_id" UUID,
    "connection_id" UUID NOT NULL,
    "trace_id" TEXT NOT NULL,
    "span_id" TEXT NOT NULL,
    "status" "task_status" NOT NULL DEFAULT 'PENDING',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "snapshot" JSONB NOT NULL,
    "score" DOUBLE PRECISION,
    "success" BOOLEAN,
    "reason" TEXT,
    "parse_failed" BOOLEAN NOT NULL DEFAULT false,
    "last_error" TEXT,
    "claim_token" TEXT,
    "claimed_at" TIMESTAMPTZ(3),
    "dispatch" INTEGER NOT NULL DEFAULT 0,
    "dispatched_at" TIMESTAMPTZ(3),
    "completed_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "evaluation_tasks_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "match_cursors" (
    "project_id" UUID NOT NULL,
    "dirty_seq" BIGINT NOT NULL DEFAULT 0,
    "matched_to" TIMESTAMPTZ(6),

    CONSTRAINT "match_cursors_pkey" PRIMARY KEY ("project_id")
);

-- CreateTable
CREATE TABLE "engine_events" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "engine_events_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "engine_runs" (
    "id" TEXT NOT NULL,
    "function_id" TEXT NOT NULL,
    "dedupe" TEXT NOT NULL,
    "events" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "planned" BOOLEAN NOT NULL DEFAULT false,
    "output" TEXT,
    "lane" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "engine_runs_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "engine_steps" (
    "run_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "seq" SERIAL NOT NULL,
    "data" TEXT,
    "pending" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "engine_steps_pkey" PRIMARY KEY ("run_id","id")
);

-- CreateTable
CREATE TABLE "engine_jobs" (
    "id" TEXT NOT NULL,
    "run_id" TEXT NOT NULL,
    "function_id" TEXT NOT NULL,
    "step_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "attempt" INTEGER NOT NULL DEFAULT 0,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "lease_until" TIMESTAMPTZ(3),
    "generation" INTEGER NOT NULL DEFAULT 0,
    "lane" TEXT NOT NULL,

    CONSTRAINT "engine_jobs_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "projects_name_key" ON "projects"("name");

-- CreateIndex
CREATE UNIQUE INDEX "connections_name_key" ON "connections"("name");

-- CreateIndex
CREATE INDEX "rules_connection_id_idx" ON "rules"("connection_id");

-- CreateIndex
CREATE UNIQUE INDEX "rules_project_id_name_key" ON "rules"("project_id", "name");

-- CreateIndex
CREATE INDEX "evaluation_tasks_project_id_trace_id_idx" ON "evaluation_tasks"("project_id", "trace_id");

-- CreateIndex
CREATE INDEX "evaluation_tasks_status_dispatched_at_idx" ON "evaluation_tasks"("status", "dispatched_at");

-- CreateIndex
CREATE INDEX "evaluation_tasks_expires_at_idx" ON "evaluation_tasks"("expires_at");

-- CreateIndex
CREATE UNIQUE INDEX "evaluation_tasks_rule_id_trace_id_span_id_key" ON "evaluation_tasks"("rule_id", "trace_id", "span_id");

-- CreateIndex
CREATE INDEX "engine_events_received_at_idx" ON "engine_events"("received_at");

-- CreateIndex
CREATE INDEX "engine_runs_ended_at_idx" ON "engine_runs"("ended_at");

-- CreateIndex
CREATE UNIQUE INDEX "engine_runs_function_id_dedupe_key" ON "engine_runs"("function_id", "dedupe");

-- CreateIndex
CREATE INDEX "engine_jobs_lane_due_at_idx" ON "engine_jobs"("lane", "due_at");

-- CreateIndex
CREATE INDEX "engine_jobs_due_at_idx" ON "engine_jobs"("due_at");

-- CreateIndex
CREATE INDEX "engine_jobs_lease_until_idx" ON "engine_jobs"("lease_until");

-- CreateIndex
CREATE INDEX "engine_jobs_run_id_idx" ON "engine_jobs"("run_id");

-- AddForeignKey
ALTER TABLE "rules" ADD CONSTRAINT "rules_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "projects"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "rules" ADD CONSTRAINT "rules_connection_id_fkey" FOREIGN KEY ("connection_id") REFERENCES "connections"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "evaluation_tasks" ADD CONSTRAINT "evaluation_tasks_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "projects"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "evaluation_tasks" ADD CONSTRAINT "evaluation_tasks_rule_id_fkey" FOREIGN KEY ("rule_id") REFERENCES "rules"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "match_cursors" ADD CONSTRAINT "match_cursors_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "projects"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "engine_steps" ADD CONSTRAINT "engine_steps_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "engine_runs"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "engine_jobs" ADD CONSTRAINT "engine_jobs_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "engine_runs"("id") ON DELETE CASCADE ON UPDATE CASCADE;
