using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace PipelineStacks.LocalCloud.Protocols;

/// <summary>How contracts look on the wire in AWS's JSON protocols. Contracts are records named as in the service's API.</summary>
internal static class Wire
{
    /// <summary>Members in Pascal case, as Kinesis, Firehose, Glue, Athena and most others have them.</summary>
    public static readonly JsonSerializerOptions Pascal = Options(null);

    /// <summary>Members in camel case, as CloudWatch Logs has them.</summary>
    public static readonly JsonSerializerOptions Camel = Options(JsonNamingPolicy.CamelCase);

    /// <summary>As the Query protocol's forms and XML have it: timestamps in ISO 8601, an empty list as empty text.</summary>
    public static readonly JsonSerializerOptions Query = Options(null, new IsoTime(), new EmptyTextAsEmptyList());

    /// <summary>EC2's dialect of Query: requests in Pascal case, answers in camel case.</summary>
    public static readonly JsonSerializerOptions Ec2 = new(Options(JsonNamingPolicy.CamelCase, new IsoTime(), new EmptyTextAsEmptyList()))
    {
        PropertyNameCaseInsensitive = true,
    };

    private static JsonSerializerOptions Options(JsonNamingPolicy? naming, params ReadOnlySpan<JsonConverter> before)
    {
        var options = Options(naming);
        for (var i = 0; i < before.Length; i++)
            options.Converters.Insert(i, before[i]);
        return options;
    }

    private static JsonSerializerOptions Options(JsonNamingPolicy? naming) => new()
    {
        PropertyNamingPolicy = naming,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        NumberHandling = JsonNumberHandling.AllowReadingFromString,
        // A member that no contract names would be ignored in silence; it is refused by name instead.
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new EpochSeconds(), new LenientBool() },
    };

    private static DateTimeOffset ParseTime(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.String
        && DateTimeOffset.TryParse(reader.GetString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time
            : throw new JsonException("The value is not a timestamp.");

    /// <summary>Timestamps are seconds since 1970 with a fraction.</summary>
    private sealed class EpochSeconds : JsonConverter<DateTimeOffset>
    {
        // Short of the year 1, the nearer end of what can be represented.
        private const double MaxSeconds = 62_000_000_000;

        public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType != JsonTokenType.Number ? ParseTime(ref reader)
            : reader.GetDouble() is var seconds && Math.Abs(seconds) < MaxSeconds ? DateTimeOffset.FromUnixTimeMilliseconds((long)Math.Round(seconds * 1000))
            : throw new JsonException("The value is not a timestamp.");

        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
            writer.WriteNumberValue(value.ToUnixTimeMilliseconds() / 1000m);
    }

    private sealed class IsoTime : JsonConverter<DateTimeOffset>
    {
        public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            ParseTime(ref reader);

        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
    }

    /// <summary>Clients write a list without members as <c>Tags=</c>.</summary>
    private sealed class EmptyTextAsEmptyList : JsonConverterFactory
    {
        public override bool CanConvert(Type typeToConvert) =>
            typeToConvert.IsGenericType && typeToConvert.GetGenericTypeDefinition() == typeof(IReadOnlyList<>);

        public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
            (JsonConverter)Activator.CreateInstance(typeof(ListConverter<>).MakeGenericType(typeToConvert.GetGenericArguments()))!;

        private sealed class ListConverter<T> : JsonConverter<IReadOnlyList<T>>
        {
            public override IReadOnlyList<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
                reader.TokenType == JsonTokenType.String && reader.ValueTextEquals(""u8)
                    ? []
                    : JsonSerializer.Deserialize<List<T>>(ref reader, options) ?? [];

            public override void Write(Utf8JsonWriter writer, IReadOnlyList<T> value, JsonSerializerOptions options)
            {
                writer.WriteStartArray();
                foreach (var item in value)
                    JsonSerializer.Serialize(writer, item, options);
                writer.WriteEndArray();
            }
        }
    }

    /// <summary>The Query protocol and CloudFormation templates write booleans as text.</summary>
    private sealed class LenientBool : JsonConverter<bool>
    {
        public override bool Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
        {
            JsonTokenType.True => true,
            JsonTokenType.False => false,
            JsonTokenType.String when bool.TryParse(reader.GetString(), out var value) => value,
            _ => throw new JsonException("The value is not true or false."),
        };

        public override void Write(Utf8JsonWriter writer, bool value, JsonSerializerOptions options) => writer.WriteBooleanValue(value);
    }
}
