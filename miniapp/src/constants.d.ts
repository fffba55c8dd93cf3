/** The origin of the API. Empty if the API serves the web build. */
declare const API_BASE: string
