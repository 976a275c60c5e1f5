// What crosses between the core and the page: made from the types in Rust by tests/native/contract.rs, and not written by
// hand. Only types: nothing of this is inside the page.

/** What is to be said of an alias. */
export interface AliasReview {
  /** The alias. */
  alias: string;
  /** Each rule, kept or not. */
  rules: RuleState[];
  /** What is good to know of it. */
  findings: Finding[];
}

/** A file that was opened on its own. */
export interface Alone {
  /** Whether a password is wanted for it, or for a part of it. */
  locked: boolean;
  /** Why it, or a part of it, is not open. */
  error: Failure | null;
  /** What is to be said of the file itself. */
  findings: Finding[];
  /** What goes into files of its own; empty where what is open is of no use. */
  conversions: AloneConversion[];
}

/** What of a file goes into files of its own. */
export interface AloneConversion {
  /** The alias of the one entry that there is; empty where there are several. */
  alias: string;
  /** What goes in. */
  entries: Chosen[];
  /** What is to be said of these entries. */
  findings: Finding[];
}

/** One name of the subject alternative name. */
export interface AlternativeName {
  /** What kind of name it is. */
  type: NameKind;
  /** The name. */
  value: string;
}

/** An archive of files that were made. */
export interface Archive {
  /** What it is to be saved as. */
  name: string;
  /** Its media type. */
  media_type: string;
  /** How many bytes it has. */
  bytes: number;
  /** Of these bytes, in hexadecimal. */
  sha256: string;
}

/** What a certification request asks for. */
export interface Asked {
  /** RFC 4514. */
  subject: string;
  /** Its key, in words. */
  key: string;
  /** The subject alternative names. */
  names: string[];
  /** Whether its private key is in the files. */
  key_here: boolean;
}

/** Why something was not converted. */
export interface BatchFailure {
  /** The fact. */
  message: string;
  /** The next step, where there is one. */
  hint?: string | null;
}

/** A file of a batch and what became of it. What else the page keeps of it is no part of the report and passed over. */
export interface BatchFile {
  /** Its name, with the folders it came in. */
  name: string;
  /** What became of it, in a word. */
  state: string;
  /** Why it, or a part of it, was not converted. */
  error?: BatchFailure | null;
  /** What is to be said of the file itself. */
  findings: BatchFinding[];
  /** What was in it. */
  identities: BatchIdentity[];
}

/** What is to be said of something. */
export interface BatchFinding {
  /** How much it matters. */
  severity: Severity;
  /** The fact. */
  message: string;
}

/** What one conversion made of a file. */
export interface BatchIdentity {
  /** Its alias; empty where several entries went together. */
  alias: string;
  /** The names of the files that were made. */
  files: BatchName[];
  /** Why it was not converted. */
  error?: BatchFailure | null;
  /** What is to be said of it. */
  findings: BatchFinding[];
  /** What became of it, in a word or two. */
  status: string;
  /** The lines to paste that it has for itself; empty where it has none. */
  lines: string;
}

/** A file that was made. */
export interface BatchName {
  /** What it is to be saved as. */
  name: string;
}

/** Of thousands of entries, what one that is not read by itself is chosen by. */
export interface BriefEntry {
  /** What it is. */
  kind: Kind;
  /** The name that a file gives it. */
  alias: string | null;
  /** The alias that is offered for what is written. */
  suggested_alias: string;
  /** Of the DER, in hexadecimal; empty for a key. */
  sha256: string;
  /** Of the SubjectPublicKeyInfo, in hexadecimal; only of a public key. */
  spki_sha256: string;
  /** Always true. */
  brief: boolean;
}

/** A certificate, judged for an instant. */
export interface Certificate extends KeyShape {
  /** What a person would call the holder. */
  name: string;
  /** RFC 4514. */
  subject: string;
  /** RFC 4514. */
  issuer: string;
  /** What a person would call the issuer. */
  issuer_name: string;
  /** In hexadecimal. */
  serial: string;
  /** RFC 3339; null where the certificate says nothing that is a date. */
  not_before: string | null;
  /** RFC 3339; null where the certificate says nothing that is a date. */
  not_after: string | null;
  /** Whole days until it expires, negative when they are past. */
  days_left: number | null;
  /** Whether it is valid. */
  status: CertificateStatus;
  /** Whether it is valid, for 30 days at most. */
  expires_soon: boolean;
  /** Whether it is signed by its own key. */
  self_signed: boolean;
  /** Whether it may issue others. */
  ca: boolean;
  /** Its e-mail addresses, those of the subject alternative name first. */
  emails: Email[];
  /** The name of the signature's algorithm. */
  signature_algorithm: string;
  /** The names of the KeyUsage bits that are set; null without the extension. */
  key_usage: string[] | null;
  /** The names of the purposes, or their object identifiers; null without the extension. */
  extended_key_usage: string[] | null;
  /** Of the SubjectPublicKeyInfo, in hexadecimal. */
  spki_sha256: string;
  /** Of the DER, in hexadecimal. */
  sha1: string;
  /** Of the DER, in hexadecimal. */
  sha256: string;
}

/** Whether a certificate is valid at an instant. */
export type CertificateStatus = 'expired' | 'not-yet-valid' | 'unknown' | 'valid';

/** Where a chain ends. */
export type ChainEnd = 'company-root' | 'incomplete' | 'private-root' | 'public-root' | 'self-signed';

/** A certificate of a chain. */
export interface ChainLink {
  /** What a person would call the holder. */
  name: string;
  /** RFC 4514. */
  subject: string;
  /** Of the DER, in hexadecimal. */
  sha256: string;
}

/** Which certificates of a chain. */
export type ChainPart = 'leaf' | 'intermediates' | 'full-chain' | 'whole-chain' | 'authorities';

/** The root in which a chain ends. */
export interface ChainRoot {
  /** What a person would call it. */
  name: string;
  /** Of the DER, in hexadecimal. */
  sha256: string;
  /** Whether Mozilla trusts it for TLS; only of a public one. */
  tls?: boolean;
  /** Whether Mozilla trusts it for e-mail; only of a public one. */
  email?: boolean;
}

/** A chain that was judged. */
export interface ChainVerdict {
  /** Where it ends. */
  verdict: ChainEnd;
  /** It ends in a trusted root, and no finding is an error. */
  good: boolean;
  /** The certificates, end-entity first; the root where it is in a file. */
  links: ChainLink[];
  /** The root, where the chain ends in one. */
  root?: ChainRoot;
  /** The certificate that is missing, where one is. */
  missing?: MissingIssuer;
  /** What stands against it, and what is good to know. */
  findings: Finding[];
  /** Which list of public roots it was held against. */
  roots: RootList;
}

/** One entry of the store, as it goes into the files. */
export interface Chosen {
  /** Which entry of the store. */
  entry: number;
  /** Its name in what is written. */
  alias: string;
  /**
   * The certificates after the end-entity's, by SHA-256 of their DER, any that the store holds; without it the chain that
   * the store found.
   */
  issuers: string[] | null;
}

/** A cipher for private keys, in CBC mode. */
export type CipherName = 'aes-128' | 'aes-256' | '3des';

/** What differs between two. */
export interface Comparison {
  /** Whether both are of one key. */
  same_key: boolean;
  /** Whether they are the same, byte for byte. */
  identical: boolean;
  /** The facts with other values. */
  differences: Difference[];
}

/** A certificate revocation list. */
export interface CrlEntry extends EntryBase {
  kind: 'crl';
  /** What a person would call it. */
  name: string;
  /** What a person would call its CA; null where the list cannot be read. */
  issuer_name: string | null;
  /** Of the DER, in hexadecimal. */
  sha256: string;
}

/** What makes a cipher's key of a password. */
export type DerivationName = 'pbkdf2-sha1' | 'pbkdf2-sha256' | 'pbkdf2-sha512' | 'scrypt';

/** Everything that a certificate, request or list says. */
export interface Details {
  /** What it is. */
  kind: Kind;
  /** What a person would call it. */
  name: string;
  /** What every one of its kind says. */
  fields: Fact[];
  /** What this one says beside it. */
  extensions: Fact[];
  /** Of the DER, in hexadecimal. */
  sha1: string;
  /** Of the DER, in hexadecimal. */
  sha256: string;
  /** Of the SubjectPublicKeyInfo, in hexadecimal; null for a list. */
  spki_sha256: string | null;
  /** RFC 7468; null for a large list. */
  pem: string | null;
  /** The first entries of a list. */
  revoked?: RevokedSerial[];
}

/** A fact with other values in one than in the other. */
export interface Difference {
  /** What it is called. */
  name: string;
  /** The value in the first; null without this field. */
  one: string[] | null;
  /** The value in the second; null without this field. */
  other: string[] | null;
}

/** An e-mail address of a certificate and where it stands. */
export interface Email {
  /** The address. */
  address: string;
  /** Where it stands. */
  from: EmailPlace;
}

/** Where a certificate says an e-mail address. */
export type EmailPlace = 'san' | 'subject';

/** How bytes are written. */
export type Encoding = 'pem' | 'der' | 'base64';

/** What stands in the store, by its kind. */
export type Entry =
  | BriefEntry
  | LoneCertificate
  | CrlEntry
  | Identity
  | PublicKeyEntry
  | RequestEntry
  | SecretKeyEntry;

/** What every entry has. */
export interface EntryBase {
  /** The name that a file gives it. */
  alias: string | null;
  /** The alias that is offered for what is written. */
  suggested_alias: string;
  /** The ids of the files that brought it. */
  files: number[];
  /** Its chain, where it has a certificate and is among those that are judged. */
  verdict: ChainVerdict | null;
  /** Whether the target takes it, and each finding about it once. */
  judgement: Judgement;
}

/** One line: a field or an extension, what it says, and what that means. */
export interface Fact {
  /** What it is called, or its object identifier. */
  name: string;
  /** What it says, in order. */
  values: string[];
  /** What that means. */
  explanation: string;
  /** Under which heading it stands. */
  group: FactGroup;
  /** The object identifier in dots. */
  oid?: string;
  /** Whether one that does not know it must refuse the certificate. */
  critical?: boolean;
  /** The bytes in hexadecimal, where they are not known, and of keys. */
  hex?: string;
}

/** The headings of facts. */
export type FactGroup = 'identity' | 'issuer' | 'key' | 'technical' | 'uses' | 'validity';

/** An `Error` as the examples print it and the page gets it. */
export interface Failure {
  /** The stable name, in kebab case. */
  code: string;
  /** The fact. */
  message: string;
  /** The next step. */
  hint: string;
  /** The variables of both. */
  data: Record<string, unknown>;
}

/** One file that is to be written. */
export type File = OutputFormat & {
  /** What it is saved as. */
  name: string;
  /** What it is for, in a line. */
  description: string;
};

/** How far a file is. */
export type FileState = 'costly' | 'locked' | 'open' | 'refused';

/** A file that was given. */
export interface FileView {
  /** The number its caller gave it. */
  id: number;
  /** What it is called; left out of most where thousands are open. */
  name?: string;
  /** Its bytes, counted; left out with the name. */
  size?: number;
  /** What it was recognised as; left out with the name. */
  format?: string;
  /** The format in words, the standard first. */
  format_label?: string;
  /** How far it is. */
  state: FileState;
  /** The entries that have something of it. */
  entries: number[];
  /** How many things of each kind lie in the file itself; an entry may be made of several files. */
  holds: Partial<Record<Kind, number>>;
  /** Whether only its password would show that nobody changed it. */
  unchecked: boolean;
  /** The program that wrote it, where it is not open and its structure shows that. */
  maker?: Maker;
  /** Why it, or a part of it, is not open. */
  error?: Failure;
}

/** Something a target will refuse, or a person should know, with what to do. */
export interface Finding {
  /** How much it matters. */
  severity: Severity;
  /** The stable name, in kebab case. */
  code: string;
  /** The fact. */
  message: string;
  /** The next step. */
  hint: string;
  /** The variables of both. */
  data: Record<string, unknown>;
  /** The index of the entry it is about. */
  entry: number | null;
  /** The id of the file it is about. */
  file: number | null;
}

/** The headings of the chooser, in its order. */
export type Group = 'anaplan' | 'cloud' | 'java' | 'web-servers' | 'desktop' | 'custom';

/** A private key with its chain. */
export interface Identity extends EntryBase, KeyShape {
  kind: 'private-key';
  /** What a person would call it. */
  name: string;
  /** SHA-256 of the SubjectPublicKeyInfo derived from the private key; null where it cannot be computed. */
  spki_sha256: string | null;
  /** The e-mail addresses of its certificate. */
  emails: Email[];
  /** End-entity first; empty where no certificate came with the key. */
  chain: Certificate[];
}

/** Java's own kinds of keystore. */
export type JavaKeystore = 'jks' | 'jceks';

/** What a system and the calendar say of an entry. */
export interface Judgement {
  /** Whether the system takes it; null where no system is chosen, and for what is no certificate of a user. */
  outcome: Outcome | null;
  /** What a person should act on, problems first. */
  findings: Finding[];
  /** What is good to know. */
  notes: Finding[];
}

/** What keeps a key that is made. */
export type Keep = 'pkcs8' | 'p12';

/** A kind of key that is made. */
export type KeyKind = 'rsa2048' | 'rsa3072' | 'rsa4096' | 'p256' | 'p384' | 'ed25519';

/** Who made a key. */
export type KeyMaker = 'browser' | 'keyferry';

/** A key in words and figures. */
export interface KeyShape {
  /** `RSA`, `EC`, …, or an object identifier in dots. */
  algorithm: string;
  /** How long it is. */
  bits: number | null;
  /** The name of its curve. */
  curve: string | null;
  /** All of it in words: `RSA, 2048 bits`. */
  key: string;
}

/** The structure of a private key. */
export type KeySyntax = 'pkcs8' | 'pkcs1' | 'sec1' | 'openssh';

/** What a request made, and who made its key. */
export interface KeyedRequest extends MadeRequest {
  /** Who made the key; null for one that was there. */
  made_by: KeyMaker | null;
}

/** A kind of entry, or of what a file holds, by its stable name. */
export type Kind = 'certificate' | 'crl' | 'private-key' | 'public-key' | 'request' | 'secret-key';

/** How lines end. */
export type LineEnds = 'lf' | 'crlf';

/** A certificate without its private key. */
export interface LoneCertificate extends EntryBase, Certificate {
  kind: 'certificate';
}

/** The digest of a PKCS#12 MAC. */
export type MacDigest = 'sha1' | 'sha256' | 'sha384' | 'sha512';

/** What a conversion made. */
export interface Made {
  /** The files, in the target's order. */
  files: MadeFile[];
  /** What to do with them. */
  steps: Step[];
  /** The lines to paste. */
  paste: Snippet[];
  /** What the target has against them, and what is good to know. */
  findings: Finding[];
  /** Whether the target will refuse them. */
  refused: boolean;
}

/** A file that was made. */
export interface MadeFile {
  /** What it is to be saved as. */
  name: string;
  /** What it is for. */
  description: string;
  /** Its media type. */
  media_type: string;
  /** How many bytes it has. */
  bytes: number;
  /** Of these bytes, in hexadecimal. */
  sha256: string;
  /** Whether a private or a secret key is in it. */
  holds_key: boolean;
  /** Whether that key lies in it without a password. */
  key_open: boolean;
  /** Whether the new password guards it. */
  uses_password: boolean;
  /** How many certificates of the entries themselves are in it. */
  certificates: number;
  /** How many certificates above them are in it. */
  chain: number;
  /** Whether anyone may have it: there is no key in it, and nothing that signs in. */
  public: boolean;
  /** Read back, key and chain equal to what went in. */
  verified: boolean;
  /** The readers that opened it and found what went in: our own, and others with their versions. */
  verified_by: string[];
  /** Why no second reader opened it, or not all of it; null where one did. */
  not_opened: string | null;
}

/** What a request made. */
export interface MadeRequest {
  /** The request or the certificate first, then what keeps the key. */
  files: MadeFile[];
  /** What is good to know of them. */
  findings: Finding[];
}

/** The program that wrote a file, where its structure shows it. */
export type Maker = 'java' | 'nss' | 'open-ssh' | 'open-ssl' | 'windows';

/** An issuer whose certificate is not here. */
export interface MissingIssuer {
  /** What a person would call it. */
  name: string;
  /** RFC 4514. */
  subject: string;
  /** Where its CA publishes it. */
  addresses: string[];
}

/** Kinds of names that can be asked for. */
export type NameKind = 'dns' | 'email' | 'ip' | 'uri';

/** What a person asks for, as the page and the command line hand it in; passwords go another way. */
export interface OptionsInput {
  /** The target's id. */
  target: string;
  /** What goes in, in this order. */
  entries?: Chosen[];
  /** The files; empty for the target's own, and wanted where the target has none. */
  files?: File[];
  /** How much a try of a password costs. */
  strength?: Strength;
  /** The iterations, in place of those of the strength. */
  iterations?: number | null;
  /** How lines of text end. */
  line_ends?: LineEnds;
  /** The instant of the conversion, in milliseconds since 1970. */
  at?: number;
}

/** Whether a system takes an entry. */
export type Outcome = 'incomplete' | 'ready' | 'refused' | 'warned';

/** The formats that files are written in. */
export type OutputFormat =
  | {
      form: 'certificates';
      /** Which of the chain. */
      which: ChainPart;
      /** How they are written. */
      encoding: Encoding;
    }
  | {
      form: 'certificate-bag';
      /** Which of the chain. */
      which: ChainPart;
      /** How it is written. */
      encoding: Encoding;
    }
  | {
      form: 'private-key';
      /** The structure inside. */
      syntax: KeySyntax;
      /** How it is written; OpenSSH's own is text whatever is said here. */
      encoding: Encoding;
      /** Whether and how the password guards it. */
      protection: Protection;
    }
  | {
      form: 'pem-bundle';
      /** Which of the chain. */
      which: ChainPart;
      /** Whether and how the password guards the key. */
      protection: Protection;
    }
  | {
      form: 'public-key';
      /** SubjectPublicKeyInfo or OpenSSH's line. */
      syntax: PublicSyntax;
      /** How a SubjectPublicKeyInfo is written. */
      encoding: Encoding;
    }
  | {
      form: 'pkcs12';
      /** The algorithms. */
      profile: Profile;
      /** The MAC's digest, if not the profile's own. */
      mac: MacDigest | null;
      /** Which of the chain. */
      which: ChainPart;
    }
  | {
      form: 'java';
      /** JKS or JCEKS. */
      kind: JavaKeystore;
      /** Which of the chain. */
      which: ChainPart;
    }
  | {
      form: 'secret-key';
      /** Base64, or the bytes themselves. */
      encoding: Encoding;
    }
  | {
      form: 'anaplan-token';
      /** Which layout of the signed bytes. */
      version: TokenVersion;
    };

/** What a conversion made, and all its files as one archive. */
export interface Packed extends Made {
  /** The archive. */
  archive: Archive;
}

/** Two that are to be compared. */
export interface Pair {
  /** The one. */
  one: Place;
  /** The other. */
  other: Place;
}

/** What is to be said of a password; never the password. */
export interface PasswordReview {
  /** Whether a file is guarded by it. */
  used: boolean;
  /** Each rule, kept or not; empty for one that is not used. */
  rules: RuleState[];
  /** What is good to know of it. */
  findings: Finding[];
}

/** An entry, and which link of its chain, where that is not the first. */
export interface Place {
  /** The index of the entry. */
  entry: number;
  /** The index in its chain. */
  link?: number;
}

/** A file before it is made. */
export interface PlannedFile {
  /** What it will be saved as. */
  name: string;
  /** What it is for. */
  description: string;
  /** Whether the private key will be in it. */
  holds_key: boolean;
  /** Whether the private key will lie in it without a password. */
  key_open: boolean;
  /** Whether the new password will guard it. */
  uses_password: boolean;
  /** How many certificates of the entries themselves will be in it. */
  certificates: number;
  /** How many certificates above them will be in it. */
  chain: number;
  /** Whether anyone may have it: there will be no key in it, and nothing that signs in. */
  public: boolean;
}

/** What a system asks for. */
export type Preset = 'anaplan';

/** A set of algorithms that a file is written with. */
export type Profile = 'legacy-3des' | 'modern-2023';

/** Whether and how the password guards a private key. */
export type Protection =
  | 'none'
  | 'password'
  | 'legacy-3des'
  | {
      pbes2: {
        /** The cipher. */
        cipher: CipherName;
        /** What makes its key of the password. */
        derivation: DerivationName;
      };
    };

/** A public key alone. */
export interface PublicKeyEntry extends EntryBase {
  kind: 'public-key';
  /** What a person would call it. */
  name: string;
  /** The key, in words. */
  key: string;
  /** Of the SubjectPublicKeyInfo, in hexadecimal. */
  spki_sha256: string;
}

/** The structure of a public key. */
export type PublicSyntax = 'spki' | 'openssh';

/** A certification request. */
export interface RequestEntry extends EntryBase {
  kind: 'request';
  /** What a person would call it. */
  name: string;
  /** Of the DER, in hexadecimal. */
  sha256: string;
  /** What it asks for; null where it cannot be read. */
  asked: Asked | null;
}

/** Everything that is asked for; what is left out is absent. */
export interface RequestOptions {
  /** The key to be made; without one the key of the entry signs. */
  key?: KeyKind | null;
  /** Fills in what a system asks for. */
  preset?: Preset | null;
  /** Whom the certificate is for. */
  subject?: Subject;
  /** The names beside the subject. */
  sans?: AlternativeName[];
  /** Names of KeyUsage bits. */
  key_usage?: string[];
  /** Names of purposes, or their object identifiers in dots. */
  extended_key_usage?: string[];
  /** The index of an entry: whose key signs, and whose certificate is renewed. */
  entry?: number | null;
  /** Takes subject, names and extensions from the entry's certificate, and nothing from this form. */
  renew?: boolean;
  /** Makes a certificate for testing, signed by itself and valid for so many days, and no request. */
  self_signed_days?: number | null;
  /** The file that keeps a key that is made. */
  keep?: Keep;
}

/** What is to be said of a options. */
export interface RequestReview {
  /** Every rule of the form that is broken, in the order of the options. */
  problems: Failure[];
  /** Each rule of the password of a key that is to be kept, kept or not. */
  rules: RuleState[];
}

/** What is to be said of the options. */
export interface Review {
  /** Of each chosen entry its alias, in order. */
  aliases: AliasReview[];
  /** The password over the files. */
  password: PasswordReview;
  /** The password over each private key, where it is another. */
  key_password: PasswordReview;
  /** The files as they will be; empty where they cannot be made. */
  files: PlannedFile[];
  /** What is good to know of the files. */
  findings: Finding[];
  /** Why the target is certain to refuse them; empty where it is not. */
  refusals: Finding[];
  /** What is in the way. */
  error: Failure | null;
}

/** One entry of a revocation list. */
export interface RevokedSerial {
  /** The serial number of the certificate, in hexadecimal. */
  serial: string;
  /** RFC 3339. */
  date: string | null;
  /** The CA's reason by its name in RFC 5280. */
  reason: string | null;
}

/** The list of public roots that is built in. */
export interface RootList {
  /** The version of NSS's builtin token. */
  version: string;
  /** The day on which it was taken. */
  date: string;
}

/** A row. Its text is what the certificate says, hidden characters and all: the page makes it harmless when it shows it. */
export interface Row {
  /** What it is worth now. */
  status: Status;
  /** Whole days until it expires, negative when they are past; `None` where it has no date that can be read. */
  days_left: number | null;
  /** What a person would call the holder. */
  name: string;
  /** RFC 4514. */
  subject: string;
  /** E-mail addresses, each once: who the user is. */
  emails: string[];
  /** What a person would call the issuer. */
  issuer_name: string;
  /** RFC 4514. */
  issuer: string;
  /** Hexadecimal. */
  serial: string;
  /** RFC 3339. */
  not_before: string | null;
  /** RFC 3339. */
  not_after: string | null;
  /** In words: `RSA, 2048 bits`. */
  key: string;
  /** The name of the signature's algorithm. */
  signature: string;
  /** Extended key usages, then key usages, by their names in RFC 5280. */
  uses: string[];
  /** Whether it may issue others. */
  ca: boolean;
  /** Why it is weak, in words; empty where it is not. */
  weak: string[];
  /** Whether its last instant is past, revoked or not. */
  expired: boolean;
  /** Whether a revocation list names it. */
  revoked: boolean;
  /** The names of the files that brought it. */
  files: string[];
  /** The names of the files that hold its private key; empty where it is not here. */
  private_key: string[];
  /** Of the DER, in hexadecimal. */
  sha256: string;
  /** Whether it came or went since a table was saved. */
  seen?: Seen;
  /** What it was worth when a table was saved, where that was something else. */
  was?: Status;
}

/** A rule, and whether what was typed keeps it. */
export interface RuleState {
  /** The rule's stable name. */
  code: string;
  /** The rule in a few words, with the character that breaks it. */
  text: string;
  /** Whether it is kept. */
  met: boolean;
  /** The character that breaks it, in quotation marks or by its code point. */
  character: string | null;
}

/** A symmetric key. */
export interface SecretKeyEntry extends EntryBase {
  kind: 'secret-key';
  /** What a person would call it. */
  name: string;
  /** As the file names it. */
  algorithm: string;
  /** How long it is. */
  bits: number;
}

/** What became of a row since a table was saved. */
export type Seen = 'new' | 'missing';

/** Rows that are wanted as a file. */
export interface Selection {
  /** The format of the file. */
  kind: TableFormat;
  /** The instant for which the rows are judged, in milliseconds since 1970. */
  at: number;
  /** SHA-256 of each row, in the order they are wanted. */
  rows: string[];
}

/** How much a finding matters. */
export type Severity = 'error' | 'warning' | 'info';

/** Rows of the inventory, from one of them on. */
export interface Slice {
  /** The rows. */
  rows: Row[];
  /** How many rows there are in all. */
  total: number;
  /** When the inventory was saved that changes are counted from: RFC 3339; null where none was given. */
  since: string | null;
}

/** Lines to paste somewhere. */
export interface Snippet {
  /** Where they go. */
  title: string;
  /** The lines. */
  text: string;
  /** The instant after which new ones are safer, in milliseconds since 1970. */
  stale_at: number | null;
}

/** What a certificate is worth, worst first. */
export type Status =
  | 'revoked'
  | 'expired'
  | 'not-yet-valid'
  | 'unknown'
  | 'expiring-30'
  | 'expiring-60'
  | 'expiring-90'
  | 'valid';

/** A thing to do. */
export interface Step {
  /** Its stable name. */
  code: string;
  /** Its sentence. */
  parts: StepPart[];
}

/** A piece of a step's sentence. */
export interface StepPart {
  /** What it is. */
  kind: StepPartKind;
  /** What it says. */
  text: string;
}

/** What a piece of a sentence is. */
export type StepPartKind = 'alias' | 'file' | 'screen' | 'text';

/** How much one try of a password costs an attacker, and how much it costs the person who opens the file. */
export type Strength = 'compatible' | 'standard' | 'strong';

/** How much a try of a password costs. */
export interface StrengthRow {
  /** The stable name. */
  id: Strength;
  /** Iterations over a private key on its own. */
  pkcs8: number;
  /** Iterations over the contents of a PKCS#12 file, and over its MAC. */
  pkcs12: number;
  /** What it means. */
  description: string;
}

/** The attributes of a subject, by their short names. */
export interface Subject {
  /** commonName */
  cn?: string;
  /** organizationName */
  o?: string;
  /** organizationalUnitName */
  ou?: string;
  /** countryName, two letters */
  c?: string;
  /** localityName */
  l?: string;
  /** stateOrProvinceName */
  st?: string;
  /** emailAddress */
  email?: string;
}

/** The files an inventory can be written as. */
export type TableFormat = 'csv' | 'ics' | 'json';

/** Which entries a target takes. */
export type Takes = 'one' | 'several' | 'certificates';

/** A file of a target. */
export interface TargetFile {
  /** What it is saved as. */
  name: string;
  /** What it is for. */
  description: string;
  /** How it is written. */
  form: OutputFormat;
  /** Whether a private key is in it. */
  holds_key: boolean;
  /** Whether a private key lies in it without a password. */
  key_open: boolean;
  /** Whether the password guards it. */
  uses_password: boolean;
}

/** A target: a system and the files it wants. */
export interface TargetRow {
  /** The stable name. */
  id: string;
  /** What the system is called. */
  name: string;
  /** Under which heading the chooser lists it. */
  group: Group;
  /** What else a person may type to find it. */
  search: string[];
  /** One line on what the files are for. */
  description: string;
  /** The files, in the order they are offered; empty where a person lists them. */
  files: TargetFile[];
  /** How many entries go into the files. */
  takes: Takes;
  /** Which kinds of entries go into the files. */
  kinds: Kind[];
  /** Which keys it takes, in words. */
  keys: string;
  /** The longest validity it takes, in days. */
  days: number | null;
  /** Whether a person lists the files. */
  by_hand: boolean;
  /** Whether a file is guarded by the password. */
  uses_password: boolean;
  /** Whether the alias is written into a file. */
  uses_alias: boolean;
  /** Whether more of the chain than the end-entity's certificate goes into a file. */
  uses_chain: boolean;
  /** Whether key and keystore may have passwords of their own. */
  two_passwords: boolean;
  /** Whether others connect to it: what is wrong with a certificate, they refuse, and not the system itself. */
  serves: boolean;
  /** What a person should know before. */
  note: string | null;
  /** Where its facts come from. */
  source: string;
}

/** What a conversion can be asked for. */
export interface TargetTable {
  /** Every target, in the order of the chooser. */
  targets: TargetRow[];
  /** Every strength, the weakest first. */
  strengths: StrengthRow[];
}

/** The layouts of what Anaplan has signed. */
export type TokenVersion = 'v1' | 'v2';

/** A node as a line. */
export interface TreeNode {
  /** How deep it is; the outermost is 0. */
  depth: number;
  /** Where it begins, in bytes. */
  offset: number;
  /** The name of its tag, or `[0]`. */
  tag: string;
  /** How long its contents are, in bytes. */
  length: number;
  /** What it says, in words or in hexadecimal; null where it is made of others. */
  value: string | null;
}

/** Files, entries and findings, judged for an instant and, where one is chosen, for a target. */
export interface View {
  /** In the order they came. */
  files: FileView[];
  /** Identities first, then what stands alone. */
  entries: Entry[];
  /** What the target will refuse, and what is good to know; without a target what is true for any system. */
  findings: Finding[];
  /** The target's id; none where it is judged for no system. */
  target: string | null;
  /** How many rows the inventory has. */
  rows: number;
}
