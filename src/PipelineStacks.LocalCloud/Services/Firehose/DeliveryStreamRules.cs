using System.Text.RegularExpressions;
using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Services.Firehose.Contracts;

namespace PipelineStacks.LocalCloud.Services.Firehose;

/// <summary>What a new delivery stream must satisfy, apart from its destination.</summary>
internal static partial class DeliveryStreamRules
{
    private const int MaxTags = 50;

    public static void Check(CreateDeliveryStreamRequest request)
    {
        if (!Names().IsMatch(request.DeliveryStreamName))
        {
            throw ServiceException.Validation(
                "deliveryStreamName", request.DeliveryStreamName, "Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+, with length 1 to 64");
        }

        CheckSource(request);
        if (request is { S3DestinationConfiguration: not null, ExtendedS3DestinationConfiguration: not null })
            throw FirehoseErrors.Invalid("Only one destination configuration must be specified.");
        if (request is { S3DestinationConfiguration: null, ExtendedS3DestinationConfiguration: null })
            throw FirehoseErrors.Invalid("A destination configuration must be specified.");
        if (request.DeliveryStreamEncryptionConfigurationInput is { } encryption)
            CheckEncryption(encryption);
    }

    public static void CheckEncryption(EncryptionInput encryption)
    {
        switch (encryption)
        {
            case { KeyType: "AWS_OWNED_CMK", KeyARN: null } or { KeyType: "CUSTOMER_MANAGED_CMK", KeyARN: not null }:
                return;
            case { KeyType: "AWS_OWNED_CMK" }:
                throw FirehoseErrors.Invalid("KeyARN must not be specified when KeyType is AWS_OWNED_CMK.");
            case { KeyType: "CUSTOMER_MANAGED_CMK" }:
                throw FirehoseErrors.Invalid("KeyARN must be specified when KeyType is CUSTOMER_MANAGED_CMK.");
            default:
                throw ServiceException.Validation(
                    "deliveryStreamEncryptionConfigurationInput.keyType", encryption.KeyType,
                    "Member must satisfy enum value set: [AWS_OWNED_CMK, CUSTOMER_MANAGED_CMK]");
        }
    }

    public static SortedDictionary<string, string> Tags(IEnumerable<Tag>? tags, IReadOnlyDictionary<string, string>? onto = null)
    {
        var all = new SortedDictionary<string, string>(onto?.ToDictionary() ?? [], StringComparer.Ordinal);
        foreach (var tag in tags ?? [])
        {
            if (tag.Key.Length is 0 or > 128 || tag.Value?.Length > 256 || tag.Key.StartsWith("aws:", StringComparison.OrdinalIgnoreCase))
                throw FirehoseErrors.Invalid($"The tag {tag.Key} is invalid: keys have 1 to 128 characters and don't begin with aws:, values have up to 256.");
            all[tag.Key] = tag.Value ?? "";
        }

        return all.Count <= MaxTags ? all : throw FirehoseErrors.Limit($"A delivery stream has at most {MaxTags} tags.");
    }

    private static void CheckSource(CreateDeliveryStreamRequest request)
    {
        var type = request.DeliveryStreamType ?? DeliveryStream.DirectPut;
        switch (type)
        {
            case DeliveryStream.FromKinesis when request.KinesisStreamSourceConfiguration is null:
                throw FirehoseErrors.Invalid("KinesisStreamSourceConfiguration must be specified when DeliveryStreamType is KinesisStreamAsSource.");
            case DeliveryStream.FromKinesis when request.DeliveryStreamEncryptionConfigurationInput is not null:
                throw FirehoseErrors.Invalid("DeliveryStreamEncryptionConfigurationInput can't be specified when DeliveryStreamType is KinesisStreamAsSource.");
            case DeliveryStream.DirectPut when request.KinesisStreamSourceConfiguration is not null:
                throw FirehoseErrors.Invalid("KinesisStreamSourceConfiguration must not be specified when DeliveryStreamType is DirectPut.");
            case DeliveryStream.DirectPut or DeliveryStream.FromKinesis:
                return;
            case "MSKAsSource" or "DatabaseAsSource":
                throw ServiceException.Unsupported($"The DeliveryStreamType {type}");
            default:
                throw ServiceException.Validation("deliveryStreamType", type,
                    "Member must satisfy enum value set: [DirectPut, KinesisStreamAsSource, MSKAsSource, DatabaseAsSource]");
        }
    }

    [GeneratedRegex(@"^[a-zA-Z0-9_.-]{1,64}\z")]
    private static partial Regex Names();
}
