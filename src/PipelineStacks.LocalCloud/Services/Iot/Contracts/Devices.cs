namespace PipelineStacks.LocalCloud.Services.Iot.Contracts;

internal sealed record AttributePayload(IReadOnlyDictionary<string, string>? Attributes = null, bool Merge = false);

internal sealed record CreateThingRequest(string ThingName, string? ThingTypeName = null, AttributePayload? AttributePayload = null);

internal sealed record CreateThingResponse(string ThingName, string ThingArn, string ThingId);

internal sealed record UpdateThingRequest(
    string ThingName, string? ThingTypeName = null, AttributePayload? AttributePayload = null, long? ExpectedVersion = null, bool RemoveThingType = false);

internal sealed record ThingRequest(string ThingName, long? ExpectedVersion = null);

internal sealed record DescribeThingResponse(
    string DefaultClientId, string ThingName, string ThingId, string ThingArn, string? ThingTypeName, IReadOnlyDictionary<string, string> Attributes, long Version);

internal sealed record ListThingsRequest(string? ThingTypeName = null, int? MaxResults = null, string? NextToken = null);

internal sealed record ListThingsResponse(IReadOnlyList<ThingAttribute> Things, string? NextToken);

internal sealed record ThingAttribute(
    string ThingName, string? ThingTypeName, string ThingArn, IReadOnlyDictionary<string, string> Attributes, long Version);

internal sealed record ThingTypeProperties(string? ThingTypeDescription = null, IReadOnlyList<string>? SearchableAttributes = null);

internal sealed record CreateThingTypeRequest(string ThingTypeName, ThingTypeProperties? ThingTypeProperties = null, IReadOnlyList<Tag>? Tags = null);

internal sealed record CreateThingTypeResponse(string ThingTypeName, string ThingTypeArn, string ThingTypeId);

internal sealed record ThingTypeRequest(string ThingTypeName);

internal sealed record DeprecateThingTypeRequest(string ThingTypeName, bool UndoDeprecate = false);

internal sealed record ThingTypeMetadata(bool Deprecated, DateTimeOffset? DeprecationDate, DateTimeOffset CreationDate);

internal sealed record ThingTypeDefinition(
    string ThingTypeName, string? ThingTypeId, string ThingTypeArn, ThingTypeProperties ThingTypeProperties, ThingTypeMetadata ThingTypeMetadata);

internal sealed record ListThingTypesRequest(string? ThingTypeName = null, int? MaxResults = null, string? NextToken = null);

internal sealed record ListThingTypesResponse(IReadOnlyList<ThingTypeDefinition> ThingTypes, string? NextToken);

internal sealed record ThingPrincipalRequest(string ThingName, string Principal, string? ThingPrincipalType = null);

internal sealed record PrincipalRequest(string Principal, int? MaxResults = null, string? NextToken = null);

internal sealed record PrincipalThingsResponse(IReadOnlyList<string> Things, string? NextToken);

internal sealed record ThingPrincipalsRequest(string ThingName, int? MaxResults = null, string? NextToken = null);

internal sealed record ThingPrincipalsResponse(IReadOnlyList<string> Principals, string? NextToken);

internal sealed record CreatePolicyRequest(string PolicyName, string PolicyDocument, IReadOnlyList<Tag>? Tags = null);

internal sealed record CreatePolicyResponse(string PolicyName, string PolicyArn, string PolicyDocument, string PolicyVersionId);

internal sealed record PolicyRequest(string PolicyName);

internal sealed record GetPolicyResponse(
    string PolicyName, string PolicyArn, string PolicyDocument, string DefaultVersionId, DateTimeOffset CreationDate, DateTimeOffset LastModifiedDate, string GenerationId);

internal sealed record PolicyName(
    [property: System.Text.Json.Serialization.JsonPropertyName("policyName")] string Name,
    [property: System.Text.Json.Serialization.JsonPropertyName("policyArn")] string Arn);

internal sealed record ListPoliciesRequest(string? Marker = null, int? PageSize = null, bool IsAscendingOrder = false);

internal sealed record PoliciesResponse(IReadOnlyList<PolicyName> Policies, string? NextMarker);

internal sealed record PolicyTargetRequest(string PolicyName, string Target);

internal sealed record AttachedPoliciesRequest(string Target, bool Recursive = false, string? Marker = null, int? PageSize = null);

internal sealed record PolicyTargetsRequest(string PolicyName, string? Marker = null, int? PageSize = null);

internal sealed record PolicyTargetsResponse(IReadOnlyList<string> Targets, string? NextMarker);

internal sealed record CreateKeysRequest(bool SetAsActive = false);

internal sealed record KeyPair(
    [property: System.Text.Json.Serialization.JsonPropertyName("PublicKey")] string PublicKey,
    [property: System.Text.Json.Serialization.JsonPropertyName("PrivateKey")] string PrivateKey);

internal sealed record CreateKeysResponse(string CertificateArn, string CertificateId, string CertificatePem, KeyPair KeyPair);

internal sealed record CertificateRequest(string CertificateId, bool ForceDelete = false);

internal sealed record UpdateCertificateRequest(string CertificateId, string NewStatus);

internal sealed record DescribeCertificateResponse(CertificateDescription CertificateDescription);

internal sealed record CertificateDescription(
    string CertificateArn, string CertificateId, string Status, string? CertificatePem, string? OwnedBy, DateTimeOffset CreationDate, string? CertificateMode = "DEFAULT");

internal sealed record ListCertificatesRequest(string? Marker = null, int? PageSize = null, bool IsAscendingOrder = false);

internal sealed record ListCertificatesResponse(IReadOnlyList<CertificateDescription> Certificates, string? NextMarker);

internal sealed record DescribeEndpointRequest(string? EndpointType = null);

internal sealed record DescribeEndpointResponse(string EndpointAddress);

internal sealed record LoggingOptionsRequest(string? RoleArn = null, string? DefaultLogLevel = null, bool DisableAllLogs = false);

internal sealed record GetLoggingOptionsRequest(bool Verbose = false);

internal sealed record LoggingOptions(string? RoleArn, string DefaultLogLevel, bool DisableAllLogs);
