import { Refused, type RestCall, type RestReply, type Route } from '../rest.ts';
import { manifestsOf, signatureTag, storedTags } from './content.ts';
import { hasFeature } from './defaults.ts';
import type { Estate, Namespace, Repository, Tag } from './estate.ts';
import {
  administersRepository,
  type Caller,
  callerOf,
  demand,
  gated,
  isMember,
  notFound,
  sees,
} from './rights.ts';

interface Asked {
  readonly name: string;
  readonly namespaceName: string;
  readonly namespace: Namespace;
  readonly one: Repository;
  readonly caller: Caller;
  readonly call: RestCall;
}

/** The calls about one repository; the last is the repository itself, whose name may have slashes. */
export function repositoryRoutes(estate: Estate): Route[] {
  const at = (name: string, below: string, answer: (asked: Asked) => RestReply): Route => ({
    name,
    method: 'GET',
    path: `/api/v1/repository/{namespace}/{repository+}${below}`,
    answer: (call) => answer(askedIn(estate, call)),
  });
  const administered = (name: string, below: string, answer: (asked: Asked) => RestReply) =>
    at(name, below, (asked) => {
      const { namespaceName, namespace, one, caller } = asked;
      demand(caller, administersRepository(namespaceName, namespace, one, caller));
      return answer(asked);
    });
  const read = (name: string, below: string, answer: (asked: Asked) => RestReply) =>
    at(name, below, (asked) => {
      const { namespaceName, namespace, one, caller } = asked;
      const reads = caller.readsAll || caller.has('repo:read') || caller.has('repo:admin');
      demand(caller, one.public === true || (reads && sees(namespaceName, namespace, one, caller)));
      return answer(asked);
    });
  const on = (feature: string) => hasFeature(estate, feature);
  const named = (key: string, list: readonly unknown[] = []): RestReply => ({
    json: { [key]: list },
  });
  return [
    administered('listRepoUserPermissions', '/permissions/user/', (asked) => ({
      json: { permissions: userPermissions(asked) },
    })),
    administered('listRepoTeamPermissions', '/permissions/team/', ({ one }) => ({
      json: {
        permissions: Object.fromEntries(
          Object.entries(one.teams ?? {}).map(([name, role]) => [name, { name, role }]),
        ),
      },
    })),
    administered('listRepoNotifications', '/notification/', ({ one }) =>
      named('notifications', one.notifications),
    ),
    gated(
      on('AUTO_PRUNE'),
      administered('listRepositoryAutoPrunePolicies', '/autoprunepolicy/', ({ one }) =>
        named('policies', one.autoprune),
      ),
    ),
    gated(
      on('IMMUTABLE_TAGS'),
      administered('listRepositoryImmutabilityPolicies', '/immutabilitypolicy/', ({ one }) =>
        named('policies', one.immutability),
      ),
    ),
    ...(on('REPO_MIRROR')
      ? [
          administered('getRepoMirrorConfig', '/mirror', ({ one }) =>
            one.mirror === undefined ? notFound : { json: one.mirror },
          ),
        ]
      : []),
    administered('listBuildTriggers', '/trigger/', ({ one }) => named('triggers', one.triggers)),
    read('listRepoTags', '/tag/', (asked) => ({ json: tags(estate, asked) })),
    ...(on('SECURITY_SCANNER')
      ? [read('getRepoManifestSecurity', '/manifest/{digest}/security', security)]
      : []),
    read('getRepoManifest', '/manifest/{digest}', manifest),
    read('getRepo', '', ({ name, namespaceName, namespace }) => ({
      json: {
        namespace: namespaceName,
        name,
        kind: 'image',
        status_token: 'FAKEFAKEFAKE',
        trust_enabled: false,
        tag_expiration_s: namespace.tagExpiration ?? 1_209_600,
      },
    })),
  ];
}

function askedIn(estate: Estate, call: RestCall): Asked {
  const { namespace: namespaceName = '', repository: name = '' } = call.params;
  const caller = callerOf(estate, call);
  const namespace = estate.namespaces[namespaceName];
  const one = namespace?.repositories[name];
  if (namespace === undefined || one === undefined) {
    const holds = caller.readsAll || (namespace !== undefined && isMember(namespace, caller.name));
    demand(caller, holds);
    throw new Refused(notFound);
  }
  return { name, namespaceName, namespace, one, caller, call };
}

function userPermissions({ one, namespace }: Asked) {
  return Object.fromEntries(
    Object.entries(one.users ?? {}).map(([name, role]) => {
      const robot = name.includes('+');
      const member = robot || isMember(namespace, name);
      const told = namespace.user === true ? {} : { is_org_member: member };
      return [name, { role, name, is_robot: robot, ...told }];
    }),
  );
}

/** Newest first; what cosign files is newer than what it is filed beside. */
function tags(estate: Estate, { one, call }: Asked) {
  const { pageSize = 100 } = estate;
  const locks = hasFeature(estate, 'IMMUTABLE_TAGS');
  const entry = (
    name: string,
    { since, immutable = false }: Tag,
    digest: string,
    index: boolean,
  ) => ({
    name,
    reversion: false,
    ...(locks ? { immutable } : {}),
    start_ts: Date.parse(since) / 1000,
    manifest_digest: digest,
    is_manifest_list: index,
    size: index ? null : 95,
    last_modified: new Date(since).toUTCString(),
  });
  const all = storedTags(one)
    .toSorted((a, b) => b.tag.since.localeCompare(a.tag.since))
    .flatMap(({ tag, manifest: { digest }, signature }) => [
      ...(signature === null
        ? []
        : [entry(signatureTag({ digest, mediaType: '', text: '' }), tag, signature.digest, false)]),
      entry(tag.name, tag, digest, tag.platforms !== undefined),
    ]);
  const specific = call.query.get('specificTag');
  const asked = specific === null ? all : all.filter(({ name }) => name === specific);
  const page = Number(call.query.get('page') ?? 1);
  const size = Math.min(Number(call.query.get('limit') ?? 50), 100, pageSize);
  const end = page * size;
  return { tags: asked.slice(end - size, end), page, has_additional: end < asked.length };
}

function manifest({ one, call }: Asked): RestReply {
  const found = manifestsOf(one).find(({ stored }) => stored.digest === call.params['digest']);
  if (found === undefined) return notFound;
  const { digest, mediaType, text } = found.stored;
  return {
    json: { digest, is_manifest_list: mediaType.includes('index'), manifest_data: text },
  };
}

/** Indexes and what hangs on images are never scanned. */
function security({ one, call }: Asked): RestReply {
  const digest = call.params['digest'] ?? '';
  const found = storedTags(one).find(({ manifest: own, platforms }) =>
    [own, ...platforms].some((stored) => stored.digest === digest),
  );
  if (found === undefined) {
    const hangs = manifestsOf(one).some(({ stored }) => stored.digest === digest);
    return hangs ? { json: { status: 'unsupported', data: null } } : notFound;
  }
  const { scan = [], platforms } = found.tag;
  if (platforms !== undefined && found.manifest.digest === digest) {
    return { json: { status: 'unsupported', data: null } };
  }
  if (typeof scan === 'string') return { json: { status: scan, data: null } };
  const Vulnerabilities = scan.map((Severity, index) => ({
    Severity: Severity.replace(/ .*$/, ''),
    Name: `CVE-2026-000${index}`,
    FixedBy: '',
    Metadata: {
      NVD: { CVSSv3: { Vectors: '', Score: Number(Severity.split(' ')[1] ?? 0) || '' } },
    },
  }));
  const Features = [{ Name: 'pkg', Version: '1.0', BaseScores: [], CVEIds: [], Vulnerabilities }];
  return {
    json: { status: 'scanned', data: { Layer: { Name: digest, IndexedByVersion: 4, Features } } },
  };
}
