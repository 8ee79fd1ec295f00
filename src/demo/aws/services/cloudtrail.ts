import { AwsError } from '../aws-error.ts';
import { arn, type Handlers, type Place, textOf } from '../handler.ts';

/** AWS CloudTrail API reference: trails, with shadow trails in other regions, and event data stores. */
export const cloudtrail: Handlers = {
  'cloudtrail:DescribeTrails': (input, place) => ({
    trailList: trailsSeen(place)
      .filter(({ home }) => home === place.region || input['includeShadowTrails'] !== false)
      .map(({ described }) => described),
  }),
  'cloudtrail:GetTrailStatus': (input, place) => trailOf(textOf(input, 'Name'), place).status,
  'cloudtrail:GetEventSelectors': (input, place) => {
    const { described, selectors } = trailOf(textOf(input, 'TrailName'), place);
    return { TrailARN: described['TrailARN'], ...selectors };
  },
  'cloudtrail:ListEventDataStores': (_, place) => ({
    EventDataStores: stores(place).map(({ EventDataStoreArn, Name }) => ({
      EventDataStoreArn,
      Name,
    })),
  }),
  'cloudtrail:GetEventDataStore': (input, place) => {
    const asked = textOf(input, 'EventDataStore');
    const store = stores(place).find(({ EventDataStoreArn }) => EventDataStoreArn === asked);
    if (store === undefined)
      throw new AwsError('EventDataStoreNotFoundException', `Event data store not found: ${asked}`);
    return store;
  },
};

/** The trails of this region, and the multi-region trails of others. */
function trailsSeen(place: Place) {
  return Object.entries(place.estate.regions).flatMap(([home, { trails }]) =>
    Object.entries(trails ?? {}).flatMap(([name, { trail, status, selectors }]) => {
      if (home !== place.region && trail['IsMultiRegionTrail'] !== true) return [];
      const described = {
        Name: name,
        TrailARN: arn({ ...place, region: home }, 'cloudtrail', `trail/${name}`),
        HomeRegion: home,
        IsMultiRegionTrail: false,
        IsOrganizationTrail: false,
        ...trail,
      };
      return [{ home, name, status, selectors, described }];
    }),
  );
}

/** Finds a trail; a shadow trail only by its ARN. */
function trailOf(asked: string, place: Place) {
  const trail = trailsSeen(place).find(
    ({ home, name, described }) =>
      described.TrailARN === asked || (home === place.region && name === asked),
  );
  if (trail !== undefined) return trail;
  throw new AwsError('TrailNotFoundException', `Unknown trail: ${asked}`);
}

function stores(place: Place) {
  return Object.entries(place.here.eventDataStores ?? {}).map(([name, store]) => ({
    EventDataStoreArn: arn(place, 'cloudtrail', `eventdatastore/${name}`),
    Name: name,
    ...store,
  }));
}
