namespace PipelineStacks.LocalCloud.Services.Athena.Trino;

/// <summary>Reads types as the catalog has them: <c>array&lt;struct&lt;a:int,b:decimal(10,2)&gt;&gt;</c>.</summary>
internal sealed class HiveTypeReader(string type) : TokenReader(SqlLexer.Split(type))
{
    /// <exception cref="SqlException">There is no such type.</exception>
    public HiveType Read()
    {
        var read = Type();
        DemandEnd();
        return read;
    }

    private HiveType Type()
    {
        var name = Name().Text.ToLowerInvariant();
        switch (name)
        {
            case "array":
                Demand("<");
                var element = Type();
                Demand(">");
                return new HiveArray(element);
            case "map":
                Demand("<");
                var key = Type();
                Demand(",");
                var value = Type();
                Demand(">");
                return new HiveMap(key, value);
            case "struct":
                Demand("<");
                var fields = Separated(Field);
                Demand(">");
                return new HiveStruct(fields);
            default:
                return new HiveType(Simple(name));
        }
    }

    private string Simple(string name)
    {
        switch (name)
        {
            case "string":
                return "VARCHAR";
            case "binary":
                return "BLOB";
            case "timestamp":
                return "TIMESTAMP";
            case "decimal" when !Is("("):
                return "DECIMAL(10,0)";
            case "varchar" or "char":
                if (Is("("))
                    Parenthesised(Next);
                return "VARCHAR";
            default:
                var arguments = Is("(") ? Parenthesised(Next) : [];
                return SqlTypes.Simple(name, [.. arguments.Select(token => token.Text)])
                    ?? throw new SqlException($"HIVE_INVALID_METADATA: The column type {type} is not supported.");
        }
    }

    private HiveField Field()
    {
        var name = Name().Text.ToLowerInvariant();
        Demand(":");
        return new(name, Type());
    }
}
