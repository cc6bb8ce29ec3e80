using System.Text.RegularExpressions;

namespace PipelineStacks.Model.Datasets;

/// <summary>
/// What a column of MySQL becomes on its way through DMS into the lake, by the tables "Source data types for MySQL" and "Target data types for
/// S3 Parquet" of DMS's documentation. Each type of the lake holds every value of its source: unsigned numbers, which neither Athena nor Spark
/// have, take the next wider signed type.
/// </summary>
public static partial class MySqlType
{
    /// <summary>The type of the column in the lake, in Hive's words.</summary>
    /// <param name="text">As the column is declared in MySQL, such as <c>smallint unsigned</c> or <c>decimal(5,2)</c>.</param>
    /// <exception cref="FormatException">It isn't known what DMS makes of it; the message says what to do.</exception>
    public static string Hive(string text)
    {
        var match = Declaration().Match(text);
        if (!match.Success)
            throw new FormatException($"unknown MySQL type '{text}': write it as in CREATE TABLE, such as smallint unsigned, varchar(45) or decimal(5,2)");
        var (name, arguments, isUnsigned) = (match.Groups["name"].Value, match.Groups["arguments"].Value, match.Groups["unsigned"].Success);
        return (name, isUnsigned) switch
        {
            // DMS's INT1. A boolean is a tinyint(1) to MySQL and stays one: it can hold more than two values.
            ("tinyint" or "boolean", false) => "tinyint",
            // UINT1: up to 255.
            ("tinyint", true) => "smallint",
            // INT2. A year is an INT2 as well: 0, or 1901 to 2155.
            ("smallint" or "year", false) => "smallint",
            // UINT2: up to 65,535.
            ("smallint", true) => "int",
            // DMS has no three-byte number: INT4, and UINT4, of which 16,777,215 is the most that a mediumint reaches.
            ("mediumint" or "int", false) or ("mediumint", true) => "int",
            // UINT4: up to 4,294,967,295.
            ("int", true) => "bigint",
            ("bigint", false) => "bigint",
            ("bigint", true) => throw new FormatException(
                $"the MySQL type '{text}' doesn't fit the lake: its upper half exceeds bigint. Map the dataset on a view that casts it to decimal(20,0)"),
            // NUMERIC; MySQL's default without arguments is (10,0).
            ("decimal", _) => arguments.Length == 0 ? "decimal(10,0)" : arguments.Contains(',', StringComparison.Ordinal) ? $"decimal({arguments})" : $"decimal({arguments},0)",
            ("float" or "double", _) => "double",
            ("date", _) => "date",
            // DATETIME to DMS, both: in the time zone of the server, which is UTC on RDS unless a parameter says otherwise.
            ("datetime" or "timestamp", _) => "timestamp",
            // A duration of up to 838 hours, which no type for the time of day holds: STRING.
            ("time", _) => "string",
            // WSTRING, and NCLOB for the long ones, which full LOB mode or a limited size cuts.
            ("char" or "varchar" or "tinytext" or "text" or "mediumtext" or "longtext", _) => "string",
            // WSTRING: the label and not its number. A set's labels are joined by commas, in the order of its declaration.
            ("enum" or "set", _) => "string",
            ("json", _) => "string",
            // BYTES, and BLOB for the long ones. Geometry is a BLOB to DMS: four bytes of SRID and then well-known binary.
            ("binary" or "varbinary" or "tinyblob" or "blob" or "mediumblob" or "longblob" or "geometry" or "point" or "linestring" or "polygon", _) => "binary",
            _ => throw new FormatException($"the MySQL type '{text}' has no counterpart here yet: add it to {nameof(MySqlType)} with what DMS makes of it"),
        };
    }

    [GeneratedRegex(@"^(?<name>[a-z]+)(\((?<arguments>[^()]*)\))?( (?<unsigned>unsigned))?\z")]
    private static partial Regex Declaration();
}
