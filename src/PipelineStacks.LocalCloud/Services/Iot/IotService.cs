using Microsoft.AspNetCore.Http;
using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Protocols;
using PipelineStacks.LocalCloud.Services.Iot.Contracts;
using PipelineStacks.LocalCloud.Services.Iot.Devices;
using PipelineStacks.LocalCloud.Services.Iot.Rules;

namespace PipelineStacks.LocalCloud.Services.Iot;

/// <summary>IoT Core's control plane: <see href="https://docs.aws.amazon.com/iot/latest/apireference/API_Operations_AWS_IoT.html"/>.</summary>
internal sealed class IotService : IRestService
{
    private readonly OperationTable _operations;
    private readonly RestJsonRoutes _routes;

    public IotService(TopicRules rules, Things things, ThingTypes types, Policies policies, Certificates certificates, IotSettings settings)
    {
        _operations = new OperationTable("IoT", Wire.Camel)
            .Add<PutTopicRuleRequest, Empty>("CreateTopicRule", rules.Create)
            .Add<PutTopicRuleRequest, Empty>("ReplaceTopicRule", rules.Replace)
            .Add<RuleRequest, GetTopicRuleResponse>("GetTopicRule", rules.Get)
            .Add<ListTopicRulesRequest, ListTopicRulesResponse>("ListTopicRules", rules.List)
            .Add<RuleRequest, Empty>("DeleteTopicRule", rules.Delete)
            .Add<RuleRequest, Empty>("EnableTopicRule", rules.Enable)
            .Add<RuleRequest, Empty>("DisableTopicRule", rules.Disable)
            .Add<CreateThingRequest, CreateThingResponse>("CreateThing", things.Create)
            .Add<UpdateThingRequest, Empty>("UpdateThing", things.Update)
            .Add<ThingRequest, DescribeThingResponse>("DescribeThing", things.Describe)
            .Add<ListThingsRequest, ListThingsResponse>("ListThings", things.List)
            .Add<ThingRequest, Empty>("DeleteThing", things.Delete)
            .Add<ThingPrincipalRequest, Empty>("AttachThingPrincipal", things.Attach)
            .Add<ThingPrincipalRequest, Empty>("DetachThingPrincipal", things.Detach)
            .Add<ThingPrincipalsRequest, ThingPrincipalsResponse>("ListThingPrincipals", things.ListPrincipals)
            .Add<PrincipalRequest, PrincipalThingsResponse>("ListPrincipalThings", things.ListOf)
            .Add<CreateThingTypeRequest, CreateThingTypeResponse>("CreateThingType", types.Create)
            .Add<ThingTypeRequest, ThingTypeDefinition>("DescribeThingType", types.Describe)
            .Add<ListThingTypesRequest, ListThingTypesResponse>("ListThingTypes", types.List)
            .Add<DeprecateThingTypeRequest, Empty>("DeprecateThingType", types.Deprecate)
            .Add<ThingTypeRequest, Empty>("DeleteThingType", types.Delete)
            .Add<CreatePolicyRequest, CreatePolicyResponse>("CreatePolicy", policies.Create)
            .Add<PolicyRequest, GetPolicyResponse>("GetPolicy", policies.Get)
            .Add<ListPoliciesRequest, PoliciesResponse>("ListPolicies", policies.List)
            .Add<PolicyRequest, Empty>("DeletePolicy", policies.Delete)
            .Add<PolicyTargetRequest, Empty>("AttachPolicy", policies.Attach)
            .Add<PolicyTargetRequest, Empty>("DetachPolicy", policies.Detach)
            .Add<AttachedPoliciesRequest, PoliciesResponse>("ListAttachedPolicies", policies.ListAttached)
            .Add<PolicyTargetsRequest, PolicyTargetsResponse>("ListTargetsForPolicy", policies.ListTargets)
            .Add<CreateKeysRequest, CreateKeysResponse>("CreateKeysAndCertificate", certificates.Create)
            .Add<CertificateRequest, DescribeCertificateResponse>("DescribeCertificate", certificates.Describe)
            .Add<ListCertificatesRequest, ListCertificatesResponse>("ListCertificates", certificates.List)
            .Add<UpdateCertificateRequest, Empty>("UpdateCertificate", certificates.Update)
            .Add<CertificateRequest, Empty>("DeleteCertificate", certificates.Delete)
            .Add<DescribeEndpointRequest, DescribeEndpointResponse>("DescribeEndpoint", settings.Endpoint)
            .Add<LoggingOptionsRequest, Empty>("SetV2LoggingOptions", settings.SetLogging)
            .Add<GetLoggingOptionsRequest, LoggingOptions>("GetV2LoggingOptions", settings.GetLogging);
        _routes = new RestJsonRoutes(_operations, new Dictionary<string, string> { ["x-amzn-principal"] = "principal", ["x-amz-tagging"] = "tags" })
            .Add("POST", "/rules/{ruleName}", "CreateTopicRule")
            .Add("PATCH", "/rules/{ruleName}", "ReplaceTopicRule")
            .Add("GET", "/rules/{ruleName}", "GetTopicRule")
            .Add("GET", "/rules", "ListTopicRules")
            .Add("DELETE", "/rules/{ruleName}", "DeleteTopicRule")
            .Add("POST", "/rules/{ruleName}/enable", "EnableTopicRule")
            .Add("POST", "/rules/{ruleName}/disable", "DisableTopicRule")
            .Add("POST", "/things/{thingName}", "CreateThing")
            .Add("PATCH", "/things/{thingName}", "UpdateThing")
            .Add("GET", "/things/{thingName}", "DescribeThing")
            .Add("GET", "/things", "ListThings")
            .Add("DELETE", "/things/{thingName}", "DeleteThing")
            .Add("PUT", "/things/{thingName}/principals", "AttachThingPrincipal")
            .Add("DELETE", "/things/{thingName}/principals", "DetachThingPrincipal")
            .Add("GET", "/things/{thingName}/principals", "ListThingPrincipals")
            .Add("GET", "/principals/things", "ListPrincipalThings")
            .Add("POST", "/thing-types/{thingTypeName}", "CreateThingType")
            .Add("GET", "/thing-types/{thingTypeName}", "DescribeThingType")
            .Add("GET", "/thing-types", "ListThingTypes")
            .Add("POST", "/thing-types/{thingTypeName}/deprecate", "DeprecateThingType")
            .Add("DELETE", "/thing-types/{thingTypeName}", "DeleteThingType")
            .Add("POST", "/policies/{policyName}", "CreatePolicy")
            .Add("GET", "/policies/{policyName}", "GetPolicy")
            .Add("GET", "/policies", "ListPolicies")
            .Add("DELETE", "/policies/{policyName}", "DeletePolicy")
            .Add("PUT", "/target-policies/{policyName}", "AttachPolicy")
            .Add("POST", "/target-policies/{policyName}", "DetachPolicy")
            .Add("POST", "/attached-policies/{target}", "ListAttachedPolicies")
            .Add("POST", "/policy-targets/{policyName}", "ListTargetsForPolicy")
            .Add("POST", "/keys-and-certificate", "CreateKeysAndCertificate")
            .Add("GET", "/certificates/{certificateId}", "DescribeCertificate")
            .Add("GET", "/certificates", "ListCertificates")
            .Add("PUT", "/certificates/{certificateId}", "UpdateCertificate")
            .Add("DELETE", "/certificates/{certificateId}", "DeleteCertificate")
            .Add("GET", "/endpoint", "DescribeEndpoint")
            .Add("POST", "/v2LoggingOptions", "SetV2LoggingOptions")
            .Add("GET", "/v2LoggingOptions", "GetV2LoggingOptions");
    }

    public string SigningName => "iot";

    // Until 2023 IoT's control plane was behind API Gateway, as its clients' signatures still say.
    public IEnumerable<string> FormerSigningNames => ["execute-api"];

    public string Service => "IoT";

    public IEnumerable<string> Operations => _operations.Names;

    public Task HandleAsync(Call call, HttpContext http) => _routes.HandleAsync(call, http);
}
