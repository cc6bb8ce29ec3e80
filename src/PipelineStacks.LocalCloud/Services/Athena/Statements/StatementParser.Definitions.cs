using PipelineStacks.LocalCloud.Services.Athena.Trino;
using PipelineStacks.LocalCloud.Services.Glue;

namespace PipelineStacks.LocalCloud.Services.Athena.Statements;

/// <summary>CREATE, DROP and ALTER, of which Hive's grammar is Athena's.</summary>
internal sealed partial class StatementParser
{
    private Statement Create()
    {
        var replace = Take("or", "replace");
        if (Take("view"))
            return View(replace);
        if (replace)
            throw Unexpected("'VIEW'");
        if (Take("database") || Take("schema"))
            return Database();
        var isExternal = Take("external");
        Demand("table");
        var ifNotExists = IfNotExists();
        var table = Table();
        if (!isExternal && (Is("as") || Is("with")))
            throw SqlException.NotSupported("CREATE TABLE AS SELECT");
        if (!isExternal)
            throw SqlException.NotSupported("CREATE TABLE without EXTERNAL");
        return new CreateTableStatement(table, ifNotExists, ExternalTable(table.Name));
    }

    private CreateViewStatement View(bool replace)
    {
        var table = Table();
        if (Is("("))
            throw SqlException.NotSupported("CREATE VIEW with a list of columns");
        Demand("as");
        var start = Peek;
        var tokens = _tokens[_tokens.IndexOf(start)..];
        Translator.Query(tokens, new(_database, [], DateTimeOffset.UnixEpoch));
        var end = tokens.FindLast(token => token.Kind is not SqlTokenKind.End && !token.Is(";")).End;
        while (Peek.Kind is not SqlTokenKind.End)
            Next();
        return new(table, replace, _sql[start.Start..end]);
    }

    private CreateDatabaseStatement Database()
    {
        var ifNotExists = IfNotExists();
        var name = Name().Text.ToLowerInvariant();
        var comment = Take("comment") ? Text() : null;
        var location = Take("location") ? Text() : null;
        return new(name, ifNotExists, comment, location, Take("with", "dbproperties") ? Properties() : null);
    }

    private TableInput ExternalTable(string name)
    {
        var columns = Parenthesised(Column);
        var comment = Take("comment") ? Text() : null;
        IReadOnlyList<Glue.Column> keys = Take("partitioned", "by") ? Parenthesised(Column) : [];
        if (Is("clustered"))
            throw SqlException.NotSupported("CLUSTERED BY");
        var format = new StorageFormat();
        while (Is("row") || Is("stored") || Is("with"))
            Format(format);
        Demand("location");
        var location = Text();
        var properties = Take("tblproperties") ? Properties() : new();
        properties["EXTERNAL"] = "TRUE";
        return new()
        {
            Name = name,
            Description = comment,
            TableType = "EXTERNAL_TABLE",
            PartitionKeys = keys,
            Parameters = properties,
            StorageDescriptor = format.Describe(columns, location),
        };
    }

    private void Format(StorageFormat format)
    {
        if (Take("row"))
        {
            Demand("format");
            if (Take("serde"))
                format.Serde = Text();
            else
                Delimited(format);
        }
        else if (Take("stored"))
        {
            Demand("as");
            if (Take("inputformat"))
            {
                format.InputFormat = Text();
                Demand("outputformat");
                format.OutputFormat = Text();
            }
            else
            {
                var name = Name();
                if (!format.StoredAs(name.Text))
                    throw SqlException.NotSupported($"STORED AS {name.Text.ToUpperInvariant()}");
            }
        }
        else
        {
            Demand("with", "serdeproperties");
            foreach (var (name, value) in Properties())
                format.Properties[name] = value;
        }
    }

    private void Delimited(StorageFormat format)
    {
        Demand("delimited");
        format.Serde = StorageFormat.Lazy;
        while (true)
        {
            if (Take("fields"))
            {
                Demand("terminated", "by");
                format.Properties["field.delim"] = Unescaped(Text());
                if (Take("escaped", "by"))
                    format.Properties["escape.delim"] = Unescaped(Text());
            }
            else if (Take("lines"))
            {
                Demand("terminated", "by");
                Text();
            }
            else if (Take("null"))
            {
                Demand("defined", "as");
                format.Properties["serialization.null.format"] = Text();
            }
            else if (Is("collection") || Is("map"))
            {
                throw SqlException.NotSupported("COLLECTION ITEMS and MAP KEYS in a table of text");
            }
            else
            {
                return;
            }
        }
    }

    private static string Unescaped(string text) =>
        text.Replace(@"\t", "\t", StringComparison.Ordinal).Replace(@"\001", "\u0001", StringComparison.Ordinal).Replace(@"\\", @"\", StringComparison.Ordinal);

    private Glue.Column Column()
    {
        var name = Name().Text.ToLowerInvariant();
        var start = Peek.Start;
        var (depth, end) = (0, start);
        for (; depth > 0 || !(Is(",") || Is(")") || Is("comment")); Next())
        {
            if (Peek.Kind is SqlTokenKind.End)
                throw Unexpected("')'");
            depth += Is("<") || Is("(") ? 1 : Is(">") || Is(")") ? -1 : 0;
            end = Peek.End;
        }

        var type = _sql[start..end].Replace(" ", "", StringComparison.Ordinal).ToLowerInvariant();
        SqlTypes.FromHive(type);
        return new() { Name = name, Type = type, Comment = Take("comment") ? Text() : null };
    }

    private Dictionary<string, string> Properties() =>
        Parenthesised(() =>
        {
            var name = Text();
            Demand("=");
            return (Name: name, Value: Text());
        }).ToDictionary(property => property.Name, property => property.Value);

    private Statement Drop()
    {
        if (Take("view"))
            return new DropTableStatement(Table(IfExists()), _exists, IsView: true);
        if (Take("table"))
            return new DropTableStatement(Table(IfExists()), _exists, IsView: false);
        if (!Take("database"))
            Demand("schema");
        var ifExists = IfExists();
        var name = Name().Text.ToLowerInvariant();
        var cascade = Take("cascade");
        if (!cascade)
            Take("restrict");
        return new DropDatabaseStatement(name, ifExists, cascade);
    }

    private bool _exists;

    private TableName Table(bool exists)
    {
        _exists = exists;
        return Table();
    }

    private Statement Alter()
    {
        Demand("table");
        var table = Table();
        if (Take("add"))
        {
            if (Is("columns"))
                throw SqlException.NotSupported("ALTER TABLE ADD COLUMNS");
            return new AddPartitionsStatement(table, IfNotExists(), Partitions());
        }

        if (Take("drop"))
        {
            var ifExists = IfExists();
            return new DropPartitionsStatement(table, ifExists, Separated(Partition));
        }

        throw SqlException.NotSupported($"ALTER TABLE … {Peek.Text.ToUpperInvariant()}");
    }

    private List<PartitionSpec> Partitions()
    {
        var all = new List<PartitionSpec>();
        while (Is("partition"))
            all.Add(Partition());
        return all;
    }

    private PartitionSpec Partition()
    {
        Demand("partition");
        var values = Parenthesised(() =>
        {
            var name = Name().Text.ToLowerInvariant();
            Demand("=");
            return (Name: name, Value: Next().Text);
        }).ToDictionary(value => value.Name, value => value.Value);
        return new(values, Take("location") ? Text() : null);
    }
}
