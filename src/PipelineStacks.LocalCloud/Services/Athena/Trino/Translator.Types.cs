namespace PipelineStacks.LocalCloud.Services.Athena.Trino;

/// <summary>Type names.</summary>
internal sealed partial class Translator
{
    private string Type()
    {
        var name = Name();
        var type = name.Text.ToLowerInvariant();
        switch (type)
        {
            case "double":
                Take("precision");
                return "DOUBLE";
            case "array":
                return $"{Bracketed(Type)[0]}[]";
            case "map":
                return $"MAP({Join(Bracketed(Type))})";
            case "row":
                return $"STRUCT({Join(Bracketed(Field))})";
            case "timestamp" or "time":
                if (Is("("))
                    Parenthesised(Next);
                if (!Take("with"))
                {
                    if (Take("without"))
                        Demand("time", "zone");
                    return type.ToUpperInvariant();
                }

                Demand("time", "zone");
                return type is "timestamp" ? "TIMESTAMPTZ" : throw SqlException.NotSupported("The type time with time zone");
            case "varchar" or "char" or "decimal" when Is("("):
                return SqlTypes.Simple(type, [.. Parenthesised(Next).Select(token => token.Text)])!;
            default:
                return SqlTypes.Simple(type, []) ?? throw SqlException.At("TYPE_NOT_FOUND", name.At, $"Unknown type: {type}");
        }
    }

    private List<string> Bracketed(Func<string> item)
    {
        if (Is("("))
            return Parenthesised(item);
        Demand("<");
        var items = Separated(item);
        Demand(">");
        return items;
    }

    private string Field()
    {
        var name = Name().Text;
        return $"{Quote(name)} {Type()}";
    }
}
