import { sandboxAddress } from './address'

/** A sample person, as GET /sandbox/people lists them. */
export interface Person {
  open_id: string
  name: string
  document_type: string
  number: string
  card: string
  phone: string
  story: string
}

const name = 'sandbox-person'

export async function people(): Promise<Person[]> {
  const reply = await fetch(`${await sandboxAddress()}/sandbox/people`)
  if (!reply.ok) throw new Error('the sandbox lists nobody')
  return ((await reply.json()) as { people: Person[] }).people
}

/** Whose phone this browser is. */
export function chosen(): string | undefined {
  return sessionStorage.getItem(name) ?? undefined
}

export function choose(openId: string): void {
  sessionStorage.setItem(name, openId)
}
