namespace PipelineStacks.Model.Datasets;

/// <summary>
/// Words that a table or column can't be called without quoting it, differently, in every query: those reserved in Athena's DDL (Hive) or in its
/// SELECT (Trino), as Athena's documentation lists them.
/// </summary>
internal static class ReservedWords
{
    private static readonly HashSet<string> Words = new(
        """
        all alter and array as authorization between bigint binary boolean both by case cashe cast char column conf constraint commit create cross cube
        current current_catalog current_date current_path current_role current_schema current_time current_timestamp current_user cursor database date dayofweek deallocate
        decimal delete describe distinct double drop else end escape except exchange exclusive execute exists explain extended extract external false fetch
        first float floor following for foreign from full function grant group grouping having if import in inner insert int integer intersect interval into
        is join json_array json_exists json_object json_query json_table json_value last lateral left less like listagg local localtime localtimestamp macro map more
        natural none normalize not null numeric of on only or order out outer over overlaps partialscan partition percent preceding precision prepare preserve primary
        procedure range reads recursive reduce references regexp revoke right rlike rollback rollup row rows select set skip smallint start sync table tablesample then time
        timestamp to transform trigger trim true truncate uescape unbounded union uniquejoin unnest update user using utc_timestamp values varchar views when where window
        with
        """.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries),
        StringComparer.OrdinalIgnoreCase);

    public static bool Contains(string word) => Words.Contains(word);
}
