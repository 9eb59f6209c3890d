/**
 * The schema library's types name the platform's URL, which a pure package has not: a name without a value.
 */
interface URL {
  readonly href: string;
}
