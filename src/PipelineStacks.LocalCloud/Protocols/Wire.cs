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

    /// <summary>Timestamps are seconds since 1970 with a fraction.</summary>
    private sealed class EpochSeconds : JsonConverter<DateTimeOffset>
    {
        public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.Number
                ? DateTimeOffset.FromUnixTimeMilliseconds((long)Math.Round(reader.GetDouble() * 1000))
                : DateTimeOffset.Parse(reader.GetString()!, System.Globalization.CultureInfo.InvariantCulture,
                    System.Globalization.DateTimeStyles.AssumeUniversal);

        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
            writer.WriteNumberValue(value.ToUnixTimeMilliseconds() / 1000m);
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
