/** Words of SQL, by what they say of the text around them. */
/** What goes on with a condition. */
export const JOINING: ReadonlySet<string> = words(`
  && and between div having in is like mod not or rlike xor ||`);

/** What begins a statement. */
export const STATEMENTS: ReadonlySet<string> = words(`
  alter analyze attach begin call copy create declare delete drop exec execute grant insert merge print
  replace revoke select set shutdown truncate update waitfor`);

/** Functions with which a statement is taken apart. */
export const CALLED: ReadonlySet<string> = words(`
  ascii benchmark cast char chr concat concat_ws convert count current_user database dbms_pipe dbms_xmlgen
  elt encode exp extractvalue floor group_concat hex if json_array json_search left length lo_export
  lo_get lo_import load_file make_set max md5 mid min overlay pg_ls_dir pg_read_file pg_sleep procedure
  query_to_xml rand randomblob regexp_replace right row session_user sleep sp_executesql
  sqlite_compileoption_used sqlite_version starts_with substr substring system_user unhex updatexml
  utl_http utl_inaddr version xp_cmdshell`);

/** Functions that wait, read files, run programs or say too much, whatever stands around. */
export const WAITING: ReadonlySet<string> = words(`
  benchmark dbms_pipe extractvalue json_search lo_export lo_get lo_import load_file overlay pg_read_file
  pg_sleep sleep sqlite_compileoption_used updatexml xp_cmdshell`);

/** What compares. */
export const COMPARING: ReadonlySet<string> = words(`
  != * + < <= <> = > >= @ between in is like not regexp rlike similar ~`);

function words(text: string): ReadonlySet<string> {
  return new Set(text.trim().split(/\s+/));
}
