/** A numbered page in the shape Dokimos' clients read. */
export function pageWrapper<Row>(content: Row[], { page, size, total }: { page: number; size: number; total: number }) {
	const totalPages = Math.ceil(total / size);
	const sort = { sorted: true, unsorted: false, empty: false };
	return {
		content,
		number: page,
		size,
		totalElements: total,
		totalPages,
		first: page === 0,
		last: page >= totalPages - 1,
		numberOfElements: content.length,
		empty: content.length === 0,
		sort,
		pageable: { pageNumber: page, pageSize: size, offset: page * size, paged: true, unpaged: false, sort },
	};
}
