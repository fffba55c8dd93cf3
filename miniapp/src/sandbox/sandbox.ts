import type { ComponentType } from 'react'
import type { Login } from '../platform/platform'

/** The phone of a sample person, as the web build of the sandbox plays it. */
export interface Phone {
  login(): Promise<Login | undefined>
  identityCode(): Promise<string>
}

/** What the sandbox adds to the web build: both undefined in every other build. */
export interface Sandbox {
  phone: Phone | undefined
  Bar: ComponentType | undefined
}
