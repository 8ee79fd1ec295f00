import type { Body } from '../fault-effects.ts';
import type { WireAnswer } from '../wire-server.ts';
import type { AwsError } from './aws-error.ts';
import type { AwsRequest, Protocol } from './request.ts';
import { xml } from './xml.ts';

const requestId = '00000000-0000-4000-8000-000000000000';
const namespaces: Readonly<Record<string, string>> = {
  iam: 'https://iam.amazonaws.com/doc/2010-05-08/',
  sts: 'https://sts.amazonaws.com/doc/2011-06-15/',
  ec2: 'http://ec2.amazonaws.com/doc/2016-11-15/',
};

type Called = Pick<AwsRequest, 'service' | 'operation' | 'protocol'>;

/** Encodes a response in the protocol of its service. */
export function encode(called: Called, body: Body): WireAnswer {
  return wire(called.protocol, 200, {}, bodies[called.protocol](called, body));
}

const bodies: Readonly<Record<Protocol, (called: Called, body: Body) => string>> = {
  json: (_, body) => json(body),
  'rest-json': (_, body) => json(body),
  query: ({ service, operation }, body) => {
    const result = xml(`${operation}Result`, body, 'member');
    const about = xml('ResponseMetadata', { RequestId: requestId }, 'member');
    return envelope(service, operation, `${result}${about}`);
  },
  ec2: ({ service, operation }, body) => {
    const fields = Object.entries({ requestId, ...body });
    return envelope(
      service,
      operation,
      fields.map(([key, value]) => xml(key, value, 'item')).join(''),
    );
  },
};

/** Encodes an error in the protocol of its service. */
export function encodeError({ protocol }: Called, { code, message, status }: AwsError): WireAnswer {
  switch (protocol) {
    case 'json':
      return wire(protocol, status, {}, json({ __type: code, message }));
    case 'rest-json':
      return wire(protocol, status, { 'x-amzn-errortype': code }, json({ message }));
    case 'query': {
      const error = { Type: status < 500 ? 'Sender' : 'Receiver', Code: code, Message: message };
      const response = { Error: error, RequestId: requestId };
      return wire(protocol, status, {}, xml('ErrorResponse', response, 'member'));
    }
    case 'ec2': {
      const response = { Errors: [{ Code: code, Message: message }], RequestID: requestId };
      return wire(protocol, status, {}, xml('Response', response, 'Error'));
    }
  }
}

const contentTypes: Readonly<Record<Protocol, string>> = {
  json: 'application/x-amz-json-1.1',
  'rest-json': 'application/json',
  query: 'text/xml',
  ec2: 'text/xml;charset=UTF-8',
};

function wire(
  protocol: Protocol,
  status: number,
  headers: Readonly<Record<string, string>>,
  body: string,
): WireAnswer {
  const common = { 'content-type': contentTypes[protocol], 'x-amzn-requestid': requestId };
  return { status, headers: { ...common, ...headers }, body };
}

function envelope(service: string, operation: string, content: string): string {
  return `<${operation}Response xmlns="${namespaces[service]}">${content}</${operation}Response>`;
}

const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/;

/** Encodes JSON, with instants as epoch seconds. */
function json(body: Body): string {
  return JSON.stringify(body, (_, value: unknown) =>
    typeof value === 'string' && instant.test(value) ? Date.parse(value) / 1000 : value,
  );
}
