"use client";

import TracesError from "@/app/p/[project]/traces/error";

export default TracesError;
