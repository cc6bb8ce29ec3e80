using Microsoft.AspNetCore.Http;

namespace PipelineStacks.LocalCloud.Services.S3.Http;

/// <summary>ACLs, which buckets have disabled since 2023: the owner has full control, and nothing else can be said.</summary>
internal sealed class AclOperations(Buckets buckets) : IS3Operations
{
    public void AddTo(RouteTable routes)
    {
        routes.Add("GET", Target.Bucket, "acl", request => Get(request, "s3:GetBucketAcl"));
        routes.Add("PUT", Target.Bucket, "acl", request => Put(request, "s3:PutBucketAcl"));
        routes.Add("GET", Target.Object, "acl", request => Get(request, "s3:GetObjectAcl"));
        routes.Add("PUT", Target.Object, "acl", request => Put(request, "s3:PutObjectAcl"));
        routes.Add("GET", Target.Bucket, "policyStatus", GetPolicyStatus);
    }

    private Task Get(S3Request request, string action)
    {
        var owner = Authorized(request, action).Record.Account;
        return S3Xml.WriteAsync(request.Response, "AccessControlPolicy", xml =>
        {
            S3Xml.Owner(xml, "Owner", owner);
            S3Xml.Element(xml, "AccessControlList", () => S3Xml.Element(xml, "Grant", () =>
            {
                xml.WriteStartElement("Grantee", S3Xml.Namespace);
                xml.WriteAttributeString("xsi", "type", "http://www.w3.org/2001/XMLSchema-instance", "CanonicalUser");
                S3Xml.Element(xml, "ID", S3Xml.CanonicalId(owner));
                S3Xml.Element(xml, "DisplayName", owner);
                xml.WriteEndElement();
                S3Xml.Element(xml, "Permission", "FULL_CONTROL");
            }));
        });
    }

    private void Put(S3Request request, string action)
    {
        var bucket = Authorized(request, action);
        if (bucket.Settings.AllowsAcls && request.Header("x-amz-acl") is not ("private" or "bucket-owner-full-control"))
            throw S3Errors.NotImplemented(request.Key.Length == 0 ? "PutBucketAcl" : "PutObjectAcl");
        if (!bucket.Settings.AllowsAcls)
            throw new S3Exception("AccessControlListNotSupported", "The bucket does not allow ACLs", 400);
        request.Answer(StatusCodes.Status200OK);
    }

    private Task GetPolicyStatus(S3Request request)
    {
        request.Call.Authorize("s3:GetBucketPolicyStatus", request.BucketArn);
        _ = buckets.Get(request.Bucket, request.ExpectedOwner);
        return S3Xml.WriteAsync(request.Response, "PolicyStatus", xml => S3Xml.Element(xml, "IsPublic", false));
    }

    private Bucket Authorized(S3Request request, string action)
    {
        request.Call.Authorize(action, request.Key.Length == 0 ? request.BucketArn : request.ObjectArn);
        var bucket = buckets.Get(request.Bucket, request.ExpectedOwner);
        if (request.Key.Length > 0)
            _ = ObjectReading.Find(bucket, request.Key, request.Query("versionId"));
        return bucket;
    }
}
