import { parseCsvRecord } from './csv-record.js';
import { KindError } from './errors.js';

/** What --mount asks for; a part that was not written is absent. */
export interface MountFlag {
  readonly type?: string;
  readonly source?: string;
  readonly destination?: string;
  readonly options?: readonly string[];
}

/**
 * Reads `type=bind,src=/a,dst=/b,options=rbind:ro` as ctr's --mount does.
 * @throws KindError 'invalid argument' in ctr's words
 */
export function parseMountFlag(text: string): MountFlag {
  const mount: { -readonly [Key in keyof MountFlag]: MountFlag[Key] } = {};
  for (const field of parseCsvRecord(text)) {
    const equals = field.indexOf('=');
    if (equals < 0) throw invalid('invalid mount specification: expected key=val');
    const key = field.slice(0, equals);
    const value = field.slice(equals + 1);
    switch (key) {
      case 'type':
        mount.type = value;
        break;
      case 'source':
      case 'src':
        mount.source = value;
        break;
      case 'destination':
      case 'dst':
        mount.destination = value;
        break;
      case 'options':
        mount.options = value.split(':');
        break;
      default:
        throw invalid(`mount option ${JSON.stringify(key)} not supported`);
    }
  }
  return mount;
}

function invalid(message: string): KindError {
  return new KindError('invalid argument', message);
}
