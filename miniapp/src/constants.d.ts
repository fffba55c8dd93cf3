/** Origin of the API; empty where the web build is served by it. */
declare const API_BASE: string
/** Where the web channel's sign-in begins; empty where there is none. */
declare const WEB_SIGN_IN: string
/** WeChat's subscription templates to offer, at most three. */
declare const REMINDER_TEMPLATES: string[]
