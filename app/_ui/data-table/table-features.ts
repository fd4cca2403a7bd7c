import {
	columnOrderingFeature,
	columnResizingFeature,
	columnSizingFeature,
	columnVisibilityFeature,
	rowSelectionFeature,
	tableFeatures,
} from "@tanstack/react-table";

/** What our tables do beyond showing rows; sorting, filtering and paging are the server's. */
export const TABLE_FEATURES = tableFeatures({
	columnOrderingFeature,
	columnResizingFeature,
	columnSizingFeature,
	columnVisibilityFeature,
	rowSelectionFeature,
});
export type TableFeatures = typeof TABLE_FEATURES;
