import type { DocumentType } from '../api/types'

/** How the number of a document type is typed. The server decides whether it is valid. */
export interface NumberFormat {
  /** Characters of the longest format. */
  limit: number
  groups?: readonly number[]
  /** Whether the number has digits and at most an X. */
  idKeyboard: boolean
  /** The key of the hint with an example. */
  hint: `numberHint_${DocumentType}`
}

/** Region, date of birth, serial number with check character (GB 11643). */
const gb11643Groups = [6, 8, 4]

const gb11643 = { limit: 18, groups: gb11643Groups, idKeyboard: true }

export const numberFormats: Readonly<Record<DocumentType, NumberFormat>> = {
  resident_id: { ...gb11643, hint: 'numberHint_resident_id' },
  hk_macau_residence_permit: { ...gb11643, hint: 'numberHint_hk_macau_residence_permit' },
  taiwan_residence_permit: { ...gb11643, hint: 'numberHint_taiwan_residence_permit' },
  hk_macau_permit: { limit: 11, idKeyboard: false, hint: 'numberHint_hk_macau_permit' },
  taiwan_permit: { limit: 13, idKeyboard: false, hint: 'numberHint_taiwan_permit' },
  passport: { limit: 9, idKeyboard: false, hint: 'numberHint_passport' },
  foreign_permanent_resident: { limit: 18, idKeyboard: false, hint: 'numberHint_foreign_permanent_resident' },
}

/** The groups in which bank cards print their number. */
export const cardGroups = [4, 4, 4, 4, 3]

export const cardLimit = 19
