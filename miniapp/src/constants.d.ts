/** Origin of the API; empty where the web build is served by it. */
declare const API_BASE: string
/** WeChat's subscription templates to offer, at most three. */
declare const REMINDER_TEMPLATES: string[]
