/** The origin of the API. Empty if the API serves the web build. */
declare const API_BASE: string

/** Colors of the theme file that are needed outside of style sheets. */
declare const THEME: {
  readonly ground: string
  readonly surface: string
  readonly darkSurface: string
  readonly ink: string
}
