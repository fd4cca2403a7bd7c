-- AlterTable
ALTER TABLE "evaluation_tasks" ADD COLUMN     "last_error_kind" TEXT,
ADD COLUMN     "not_before" TIMESTAMPTZ(3);
