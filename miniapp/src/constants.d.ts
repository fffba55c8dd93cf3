/** Origin of the API; empty where the web build is served by it. */
declare const API_BASE: string
