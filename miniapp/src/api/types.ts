// Words of the contract. Everything here is derived from schema.ts, which `npm run api` generates from docs/openapi.yaml.
import type { components, paths } from './schema'

type Schemas = components['schemas']

export type Attempt = Schemas['Attempt']
export type Article = Schemas['Article']
export type Authority = Schemas['Authority']
export type Confirmation = Schemas['Confirmation']
export type Consent = Schemas['Consent']
export type Contact = Schemas['Contact']
export type FaceCall = Schemas['FaceCall']
export type Failure = Schemas['Failure']
export type Ground = Schemas['Ground']
export type MaskedDocument = Schemas['MaskedDocument']
export type Notice = Schemas['Notice']
export type OwnerCall = Schemas['OwnerCall']
export type Problem = Schemas['Problem']
export type Remedy = Schemas['Remedy']
export type Session = Schemas['Session']
export type Ticket = Schemas['Ticket']
export type Todo = Schemas['Todo']
export type TodoRow = Schemas['TodoRow']
export type TypedDocument = Schemas['TypedDocument']
export type Verification = Schemas['Verification']

export type Channel = Schemas['OpenSessionRequest']['channel']
export type Device = Schemas['OpenSessionRequest']['client']
export type DocumentType = TypedDocument['type']
export type Purpose = Schemas['StartRequest']['purpose']
export type RefusalReason = Schemas['RefuseRequest']['reason']

export type Path = keyof paths
export type Method = 'get' | 'post' | 'put' | 'delete'

type Operation<P extends Path, M extends Method> = NonNullable<paths[P][M & keyof paths[P]]>
type Json<T> = T extends { content: { 'application/json': infer B } } ? B : never
type Responses<O> = O extends { responses: infer R } ? R : never
type Ok<R> = R extends { 200: infer A } ? Json<A> : never
type Created<R> = R extends { 201: infer A } ? Json<A> : never

/** The document of a successful call. */
export type Answer<P extends Path, M extends Method> =
  | Ok<Responses<Operation<P, M>>>
  | Created<Responses<Operation<P, M>>>

/** The body of a call. */
export type Body<P extends Path, M extends Method> =
  Operation<P, M> extends { requestBody: infer B } ? Json<B> : undefined

/** Whether a call needs an Idempotency-Key. */
export type Keyed<P extends Path, M extends Method> =
  Operation<P, M> extends { parameters: { header: { 'Idempotency-Key': string } } } ? true : false
