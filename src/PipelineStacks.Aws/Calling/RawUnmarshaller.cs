using System.Net;
using Amazon.Runtime;
using Amazon.Runtime.Internal.Transform;

namespace PipelineStacks.Aws.Calling;

/// <summary>Takes the answer's bytes as they are, and finds an error's code and message in them.</summary>
internal sealed class RawUnmarshaller(Func<byte[], IWebResponseData, (string Code, string Message)> readError) : ResponseUnmarshaller
{
    private const string FunctionError = "X-Amz-Function-Error";

    public override AmazonWebServiceResponse Unmarshall(UnmarshallerContext input) => new RawResponse
    {
        Body = ((BodyContext)input).ReadBody(),
        FunctionError = input.ResponseData.IsHeaderPresent(FunctionError) ? input.ResponseData.GetHeaderValue(FunctionError) : null,
    };

    public override AmazonServiceException UnmarshallException(UnmarshallerContext input, Exception innerException, HttpStatusCode statusCode)
    {
        var (code, message) = readError(((BodyContext)input).ReadBody(), input.ResponseData);
        var type = (int)statusCode >= 500 ? ErrorType.Receiver : ErrorType.Sender;
        return new AmazonServiceException(message, innerException, type, code, input.ResponseData.GetHeaderValue("x-amzn-RequestId"), statusCode);
    }

    protected override UnmarshallerContext ConstructUnmarshallerContext(
        Stream responseStream, bool maintainResponseBody, IWebResponseData response, bool isException) =>
        new BodyContext(responseStream, response, isException);

    protected override UnmarshallerContext ConstructUnmarshallerContext(
        Stream responseStream, bool maintainResponseBody, IWebResponseData response, bool isException, IRequestContext requestContext) =>
        new BodyContext(responseStream, response, isException);

    private sealed class BodyContext : UnmarshallerContext
    {
        private readonly Stream _body;

        public BodyContext(Stream body, IWebResponseData response, bool isException)
        {
            _body = body;
            WebResponseData = response;
            IsException = isException;
        }

        public override string CurrentPath => "";

        public override int CurrentDepth => 0;

        public override bool IsStartElement => false;

        public override bool IsEndElement => false;

        public override bool IsStartOfDocument => true;

        public byte[] ReadBody()
        {
            var bytes = new MemoryStream(ResponseData.ContentLength > 0 ? (int)ResponseData.ContentLength : 1024);
            _body.CopyTo(bytes);
            return bytes.ToArray();
        }
    }
}
