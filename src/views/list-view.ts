import type { JsonObject } from '../output/json.js';
import type { TableStyle } from '../output/table-layout.js';

/** How a list of one noun is shown: its table, its JSON and its quiet form are renderings of the same rows. */
export interface ListView<Row> {
  readonly style: TableStyle;
  readonly columns: readonly Column<Row>[];
  /** ctr ends a row with a tab in some lists, so that the last cell is padded too. */
  readonly padsLastCell: boolean;
  /** And the header in nearly all. */
  readonly padsHeader?: false;
  /** What --quiet prints of a row. */
  readonly quiet: (row: Row) => string;
  /** What --format sees of a row. */
  readonly json: (row: Row) => JsonObject;
}

/** One column of a table. */
export interface Column<Row> {
  readonly title: string;
  readonly text: (row: Row) => string;
}

/** Which rendering was asked for. */
export interface ListFormat {
  readonly quiet?: boolean;
  /** `table`, `json`, or a Go template. */
  readonly format?: string | undefined;
}
