import { defineCheck, enumerate, fail, pass } from '../../src/engine/check.ts';
import { holdsProduction, tagsOfProduction } from '../../src/model/production.ts';
import { movableTags } from '../../src/model/tag-lock.ts';

export const tagsImmutable = defineCheck({
  id: 'tags-immutable',
  subject: 'repository',
  severity: 'high',
  title: 'Tags of production cannot be moved to another image',
  why: 'Deployments name tags. Whoever can move a tag can replace what those deployments run, and what was tested, scanned and signed is then not what starts.',
  answers: ['B3', 'F5'],
  topics: ['tag-immutability'],
  references: [
    'https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-tag-mutability.html',
    'https://csrc.nist.gov/pubs/sp/800/190/final',
  ],
  fix: {
    ecr: {
      risk: 'A push to a tag that exists is refused, so pipelines that move tags such as latest fail.',
      undo: 'The same command with MUTABLE.',
      command:
        'aws ecr put-image-tag-mutability --repository-name <name> --image-tag-mutability IMMUTABLE # where cosign keeps signatures as tags: IMMUTABLE_WITH_EXCLUSION --image-tag-mutability-exclusion-filters "filterType=WILDCARD,filter=sha256-*"',
      terraform: 'aws_ecr_repository: image_tag_mutability = "IMMUTABLE"',
      console:
        'Amazon ECR > Private registry > Repositories > select the repository > Actions > Edit: Repository > Image tag immutability: Immutable',
    },
    'artifact-registry': {
      command:
        'gcloud artifacts repositories update <repository> --location=<location> --immutable-tags',
      terraform: 'google_artifact_registry_repository: docker_config { immutable_tags = true }',
      console:
        'Google Cloud console > Artifact Registry > Repositories > (repository) > Edit repository > Immutable image tags',
    },
    harbor: {
      command:
        'curl -u <administrator> -X POST -H \'Content-Type: application/json\' -d \'{"action":"immutable","template":"immutable_template","tag_selectors":[{"kind":"doublestar","decoration":"matches","pattern":"**"}],"scope_selectors":{"repository":[{"kind":"doublestar","decoration":"repoMatches","pattern":"**"}]}}\' https://<host>/api/v2.0/projects/<project>/immutabletagrules',
      terraform: 'harbor_immutable_tag_rule: repo_matching = "**", tag_matching = "**"',
      console:
        'Projects > (project) > Policy > Tag Immutability > Add Rule: repositories **, tags **',
    },
    'docker-hub': {
      risk: 'Pushes to a tag that exists fail, latest among them, and such tags cannot be deleted.',
      undo: 'Select All tags are mutable in the same place.',
      terraform:
        'docker_hub_repository: immutable_tags_settings = { enabled = true, rules = [".*"] }',
      console:
        'Docker Hub > My Hub > Repositories > (repository) > Settings > General > Tag mutability settings: All tags are immutable',
      instead:
        'rules other than plain text and .* are not judged: prefer ^v.*$ to finer expressions',
    },
    acr: {
      risk: 'Pipelines that push to a locked tag again fail.',
      undo: 'az acr repository update --name <registry> --image <repository>:<tag> --write-enabled true',
      command:
        'az acr repository update --name <registry> --image <repository>:<tag> --write-enabled false',
      instead:
        'ACR has no lock for tags to come: let the pipeline lock each tag after its push, or lock a finished repository as a whole (--repository <repository>)',
    },
  },
  needs: ['tagLock'],
  excusedBy: ['contentOrigin'],

  judge({ tagLock, contentOrigin }, expected) {
    if (!holdsProduction(expected)) return pass('not declared as a repository of production');
    if (contentOrigin?.mode === 'cache') {
      return pass(`holds a cache of ${contentOrigin.of}, whose tags have to follow the upstream`);
    }
    const movable = movableTags(tagLock, tagsOfProduction(expected));
    const declare =
      expected.productionTags.length === 0
        ? '; productionTags in regaudit.yaml would tell which of them production deploys'
        : '';
    switch (tagLock.mode) {
      case 'all':
        return pass('every tag is locked');
      case 'all-except':
        return movable.length === 0
          ? pass(`every tag of production is locked${except(tagLock.patterns)}`)
          : fail(`tags matching ${enumerate(movable)} can be moved${declare}`);
      case 'only':
        return movable.length === 0
          ? pass(`tags matching ${enumerate(tagLock.patterns)} are locked, production's among them`)
          : fail(`only tags matching ${enumerate(tagLock.patterns)} are locked${declare}`);
      case 'none':
        return fail('any tag can be moved');
    }
  },
});

function except(patterns: readonly string[]): string {
  return patterns.length === 0 ? '' : `; only ${enumerate(patterns)} can be moved`;
}
