/** Something that a server holds of people in memory. Who is to be forgotten is forgotten by each of these. */
export interface PersonalStore {
  /** For the receipt that names each place, and for logs. */
  readonly name: string;
  /** Forgets a user, by the hash under which events name them; how many entries were removed. */
  forgetUser(user: string): number;
}
