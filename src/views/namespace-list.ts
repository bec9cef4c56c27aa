import type { Namespace } from '../client/namespaces.js';
import { formatLabels } from '../output/labels.js';
import { tableStyles } from '../output/table-layout.js';
import type { ListView } from './list-view.js';

/** ctr's `namespace ls`. */
export const namespaceList: ListView<Namespace> = {
  style: tableStyles.narrow,
  columns: [
    { title: 'NAME', text: (namespace) => namespace.name },
    { title: 'LABELS', text: (namespace) => formatLabels(namespace.labels) },
  ],
  padsLastCell: true,
  quiet: (namespace) => namespace.name,
  json: ({ name, labels }) => ({ Name: name, Labels: labels }),
};
