import type { RestCall, RestReply, Route } from '../rest.ts';
import {
  asked,
  born,
  get,
  mustNotBe,
  page,
  refuse,
  secrets,
  session,
  signedIn,
} from './answering.ts';
import { digestOf, platformsOf } from './digest.ts';
import type { HubEstate, HubImage, HubRepository } from './estate.ts';

/** Repositories in the Docker Hub API (API reference; otherwise Docker's clients). */
export function hubRoutes(estate: HubEstate): Route[] {
  const repository = '/v2/namespaces/{namespace}/repositories/{repository}';
  const webhooks = (call: RestCall) => page(pipelines(asked(call, estate).found), call, estate);
  return [
    {
      name: 'AuthCreateAccessToken',
      method: 'POST',
      path: '/v2/auth/token',
      answer: (call) => signIn(call, estate),
    },
    get('ListRepositories', '/v2/namespaces/{namespace}/repositories', (call) => {
      const all = signedIn(call) && estate.caller.seesPrivate;
      const seen = Object.entries(estate.repositories).filter(([, one]) => all || !one.private);
      const entries = seen.map(([name, one]) => entry(name, one, estate));
      return page(entries, call, estate);
    }),
    get('GetRepository', repository, (call) => {
      const { name, found } = asked(call, estate);
      return { json: detail(name, found, estate) };
    }),
    get('ListRepositoryTeams', `${repository}/groups`, (call) => {
      const teams = Object.entries(asked(call, estate).found.teams ?? {});
      const rows = teams.map(([group_name, permission], index) => ({
        group_id: index + 1,
        group_name,
        permission,
      }));
      return page(rows, call, estate);
    }),
    get('ListWebhooks', `${repository}/webhook_pipeline`, webhooks),
    get('ListWebhooks', '/v2/repositories/{namespace}/{repository}/webhook_pipeline/', (call) => {
      mustNotBe(call, estate, 'organization-token');
      return webhooks(call);
    }),
    get('ListTags', `${repository}/tags`, (call) =>
      page(tags(asked(call, estate).found), call, estate),
    ),
  ];
}

function signIn({ body }: RestCall, { caller }: HubEstate): RestReply {
  const { identifier, secret }: Record<string, unknown> = JSON.parse(body);
  if (identifier === caller.username && secret === secrets[caller.credential]) {
    return { json: { access_token: session } };
  }
  return refuse(401, 'Incorrect authentication credentials');
}

function entry(name: string, { private: is_private, type }: HubRepository, estate: HubEstate) {
  return {
    name,
    namespace: estate.namespace,
    repository_type: type ?? null,
    status: 1,
    status_description: 'active',
    description: '',
    is_private,
    star_count: 0,
    pull_count: 12,
    last_updated: estate.asOf,
    last_modified: estate.asOf,
    date_registered: born,
    affiliation: '',
    media_types: ['application/vnd.oci.image.index.v1+json'],
    content_types: ['image'],
    categories: [],
    storage_size: 1024,
  };
}

function detail(name: string, repository: HubRepository, estate: HubEstate) {
  const { immutableTags = { enabled: false, rules: [] }, collaborators = 0 } = repository;
  return {
    ...entry(name, repository, estate),
    user: estate.namespace,
    hub_user: estate.namespace,
    is_automated: false,
    collaborator_count: collaborators,
    has_starred: false,
    full_description: null,
    permissions: { read: true, write: false, admin: false },
    immutable_tags_settings: immutableTags,
    source: null,
  };
}

function pipelines({ webhooks = [] }: HubRepository) {
  return webhooks.map((hook_url, index) => ({
    name: `hook ${index + 1}`,
    slug: `hook-${index + 1}`,
    expect_final_callback: false,
    webhooks: [{ name: `hook ${index + 1}`, hook_url }],
  }));
}

/** Tags, newest first: the undocumented order of the API. */
function tags({ images = [] }: HubRepository) {
  return images
    .flatMap((image) => image.tags.map((name) => ({ name, image })))
    .sort((a, b) => b.image.pushedAt.localeCompare(a.image.pushedAt))
    .map(({ name, image }, index) => tag(name, image, index));
}

function tag(name: string, image: HubImage, index: number) {
  return {
    id: index + 1,
    name,
    repository: 1,
    creator: 1,
    last_updater: 1,
    last_updater_username: 'moby',
    last_updated: image.pushedAt,
    full_size: 1024,
    v2: 'true',
    status: 'active',
    tag_status: 'active',
    tag_last_pushed: image.pushedAt,
    tag_last_pulled: null,
    digest: digestOf(image.name),
    media_type: 'application/vnd.oci.image.index.v1+json',
    content_type: image.contentType ?? 'image',
    images: platformsOf(image).map(({ os, architecture, digest }) => ({
      os,
      architecture,
      digest,
      features: '',
      variant: '',
      os_features: '',
      os_version: '',
      size: 1024,
      status: 'active',
      last_pushed: image.pushedAt,
      last_pulled: null,
    })),
  };
}
