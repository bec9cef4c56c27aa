import { ImagesDefinition, type Image } from '../../../src/gen/services/images/v1/images.js';
import { fieldsOf, matcher } from './filter.js';
import { service, type FakeService } from './handlers.js';
import { checkDigest, checkLabels } from './identifiers.js';
import { alreadyExists, invalidArgument, notFound } from './refusal.js';
import type { State } from './state.js';
import { maskedLabels } from './update-mask.js';

/** containerd.services.images.v1.Images. */
export function images(state: State): FakeService {
  return service(ImagesDefinition, {
    get: ({ name }, { namespace }) => ({ image: found(state.read(namespace).images, name) }),
    list({ filters }, { namespace }) {
      const matches = matcher(filters);
      const all = [...state.read(namespace).images.values()];
      return {
        images: all.filter((image) => matches(imageFields(image))).sort((a, b) => (a.name < b.name ? -1 : 1)),
      };
    },
    create({ image }, { namespace }) {
      const given = checked(image);
      const bucket = state.write(namespace);
      if (bucket.images.has(given.name)) throw alreadyExists(`image "${given.name}": already exists`);
      const now = state.clock();
      const created = { ...given, createdAt: now, updatedAt: now };
      bucket.images.set(given.name, created);
      return { image: created };
    },
    update({ image, updateMask = [] }, { namespace }) {
      const bucket = state.write(namespace);
      const former = found(bucket.images, image?.name ?? '');
      const wrong = updateMask.find((path) => !/^(?:labels|target|annotations)(?:\.|$)/.test(path));
      if (wrong !== undefined)
        throw invalidArgument(`cannot update "${wrong}" field on image "${former.name}": invalid argument`);
      const given = checked(image);
      const updated = {
        ...former,
        labels: maskedLabels(
          former.labels,
          given.labels,
          touches(updateMask, 'labels') ? updateMask : ['labels.'],
        ),
        target: touches(updateMask, 'target') ? given.target : former.target,
        updatedAt: state.clock(),
      };
      bucket.images.set(former.name, updated);
      return { image: updated };
    },
    delete({ name }, { namespace }) {
      const bucket = state.read(namespace);
      found(bucket.images, name);
      bucket.images.delete(name);
      return {};
    },
  });
}

function found(all: ReadonlyMap<string, Image>, name: string): Image {
  const image = all.get(name);
  if (!image) throw notFound(`image "${name}": not found`);
  return image;
}

function checked(image: Image | undefined): Image {
  if (!image || image.name === '') throw invalidArgument('Image.Name required');
  checkLabels(image.labels, 'image.Labels');
  const { digest = '', size = 0n, mediaType = '' } = image.target ?? {};
  checkDigest(digest, (problem) => `Target.Digest "${digest}" invalid: ${problem}: invalid argument`);
  if (size === 0n) throw invalidArgument('Target.Size must be greater than zero: invalid argument');
  if (mediaType === '') throw invalidArgument('Target.MediaType must be set: invalid argument');
  return image;
}

function imageFields({ name, labels, target }: Image) {
  return ([head, ...rest]: readonly string[]): string | undefined =>
    head === 'target'
      ? fieldsOf({ digest: target?.digest ?? '', mediatype: target?.mediaType ?? '' })(rest)
      : fieldsOf({ name }, { labels })([head ?? '', ...rest]);
}

/** Whether an update changes this field; a mask that is empty means all. */
function touches(mask: readonly string[], field: string): boolean {
  return mask.length === 0 || mask.some((path) => path === field || path.startsWith(`${field}.`));
}
