using Microsoft.AspNetCore.Http;
using PipelineStacks.LocalCloud.Protocols;

namespace PipelineStacks.LocalCloud.Tests.Protocols;

public sealed class SignatureTests
{
    [Theory]
    [InlineData("AWS4-HMAC-SHA256 Credential=AKID/20261120/eu-west-1/kinesis/aws4_request, SignedHeaders=host, Signature=0", "AKID", "eu-west-1", "kinesis")]
    [InlineData("AWS4-HMAC-SHA256 Credential=AKID/20261120/eu-west-1/kinesis/aws4_request,SignedHeaders=host,Signature=0", "AKID", "eu-west-1", "kinesis")]
    [InlineData("AWS4-HMAC-SHA256 SignedHeaders=host, Signature=0, Credential=123456789012/20261120/us-east-1/s3/aws4_request", "123456789012", "us-east-1", "s3")]
    [InlineData("AWS4-ECDSA-P256-SHA256 Credential=AKID/20261120/s3/aws4_request, SignedHeaders=host, Signature=0", "AKID", null, "s3")]
    [InlineData("AWS AKID:c2lnbmF0dXJl", "AKID", null, "s3")]
    [InlineData("AWS4-HMAC-SHA256 Credential=nonsense", null, null, null)]
    [InlineData("Bearer x", null, null, null)]
    [InlineData("", null, null, null)]
    public void Header_OfEveryKind_NamesKeyRegionAndService(string header, string? key, string? region, string? service)
    {
        var request = new DefaultHttpContext().Request;
        request.Headers.Authorization = header;
        Signature.Of(request).ShouldBe(new Signature(key, region, service));
    }

    [Theory]
    [InlineData("?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKID%2F20261120%2Feu-west-1%2Fs3%2Faws4_request&X-Amz-Signature=0", "AKID", "eu-west-1", "s3")]
    [InlineData("?AWSAccessKeyId=AKID&Signature=x&Expires=1", "AKID", null, "s3")]
    [InlineData("?prefix=a", null, null, null)]
    public void PresignedUrl_OfEveryKind_NamesKeyRegionAndService(string query, string? key, string? region, string? service)
    {
        var request = new DefaultHttpContext().Request;
        request.QueryString = new QueryString(query);
        Signature.Of(request).ShouldBe(new Signature(key, region, service));
    }
}
