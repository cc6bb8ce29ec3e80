using PipelineStacks.LocalCloud.Calls;

namespace PipelineStacks.LocalCloud.Services.Rds;

/// <summary>The parameters that a group may set. What is in neither list is refused by name.</summary>
internal static class ParameterCatalog
{
    /// <summary>Parameters that MariaDB has too, and whether they can be changed while the server runs.</summary>
    public static IReadOnlyDictionary<string, bool> OfTheServer { get; } = new SortedDictionary<string, bool>(StringComparer.Ordinal)
    {
        ["binlog_cache_size"] = true,
        ["binlog_checksum"] = true,
        ["binlog_format"] = true,
        ["binlog_row_image"] = true,
        ["binlog_row_metadata"] = true,
        ["character_set_server"] = true,
        ["collation_server"] = true,
        ["connect_timeout"] = true,
        ["event_scheduler"] = true,
        ["explicit_defaults_for_timestamp"] = true,
        ["general_log"] = true,
        ["group_concat_max_len"] = true,
        ["innodb_flush_log_at_trx_commit"] = true,
        ["innodb_lock_wait_timeout"] = true,
        ["interactive_timeout"] = true,
        ["local_infile"] = true,
        ["log_bin_trust_function_creators"] = true,
        ["log_output"] = true,
        ["long_query_time"] = true,
        ["lower_case_table_names"] = false,
        ["max_allowed_packet"] = true,
        ["max_connections"] = true,
        ["net_read_timeout"] = true,
        ["net_write_timeout"] = true,
        ["performance_schema"] = false,
        ["require_secure_transport"] = true,
        ["slow_query_log"] = true,
        ["sql_mode"] = true,
        ["sync_binlog"] = true,
        ["time_zone"] = true,
        ["tx_isolation"] = true,
        ["wait_timeout"] = true,
    };

    /// <summary>Parameters that MySQL has and MariaDB lacks: kept and shown, without effect on the local server.</summary>
    public static IReadOnlyDictionary<string, string> WithoutLocalEffect { get; } = new SortedDictionary<string, string>(StringComparer.Ordinal)
    {
        ["authentication_policy"] = "MariaDB names a plugin per user instead.",
        ["binlog_row_value_options"] = "MariaDB always writes whole JSON values.",
        ["binlog_transaction_compression"] = "MariaDB does not compress transactions in the binary log.",
        ["enforce_gtid_consistency"] = "MariaDB's transaction ids are of another kind.",
        ["gtid-mode"] = "MariaDB's transaction ids are of another kind.",
        ["innodb_buffer_pool_size"] = "The buffer of a local server has a fixed size.",
    };

    private static readonly Dictionary<string, string[]> Values = new(StringComparer.Ordinal)
    {
        ["binlog_checksum"] = ["NONE", "CRC32"],
        ["binlog_format"] = ["ROW", "STATEMENT", "MIXED"],
        ["binlog_row_image"] = ["FULL", "MINIMAL", "NOBLOB"],
        ["binlog_row_metadata"] = ["FULL", "MINIMAL"],
    };

    public static void Check(string name, string value)
    {
        if (!OfTheServer.ContainsKey(name) && !WithoutLocalEffect.ContainsKey(name))
            throw ServiceException.Unsupported($"The DB parameter {name}");
        if (Values.TryGetValue(name, out var allowed) && !allowed.Contains(value, StringComparer.OrdinalIgnoreCase))
            throw new ServiceException("InvalidParameterValue", $"Invalid parameter value: {value} for: {name} allowed values are: {string.Join(", ", allowed)}");
        if (value.AsSpan().ContainsAny('\n', '\r', '\0'))
            throw new ServiceException("InvalidParameterValue", $"Invalid parameter value for: {name}");
        if (name == "time_zone" && value.ToUpperInvariant() is not ("UTC" or "SYSTEM") && !value.StartsWith('+') && !value.StartsWith('-'))
            throw ServiceException.Unsupported($"The time zone {value} of a DB instance (besides UTC and offsets such as +01:00)");
        if (value.Contains("0900", StringComparison.Ordinal) && name == "collation_server")
            throw ServiceException.Unsupported($"The collation {value} (MariaDB lacks it; utf8mb4_unicode_520_ci is the nearest one)");
    }

    /// <summary>As the server's configuration file names it: a server's own time zone is not the session's.</summary>
    public static string OptionOf(string name) => name switch
    {
        "time_zone" => "default_time_zone",
        "tx_isolation" => "transaction_isolation",
        _ => name,
    };

    /// <summary>As the server takes it: it knows names of time zones only by tables that a new server does not have.</summary>
    public static string ValueOf(string name, string value) => name == "time_zone" && value.Equals("UTC", StringComparison.OrdinalIgnoreCase) ? "+00:00" : value;
}
