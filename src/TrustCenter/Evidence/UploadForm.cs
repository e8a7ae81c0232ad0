using System.Text;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using TrustCenter.Staff;
using TrustCenter.Web;

namespace TrustCenter.Evidence;

/// <summary>How large a request of this route may be: above the largest file, so that a file a little too large is refused in words.</summary>
internal sealed record LargestRequest(long? MaxRequestBodySize) : IRequestSizeLimitMetadata;

/// <summary>A form whose fields come before its one file, which is read as a stream and never lies in memory.</summary>
internal sealed class UploadForm
{
    public const long Largest = 100L * 1024 * 1024; // bytes of the whole request

    private const int LongestField = 16 * 1024; // bytes
    private const int MostFields = 32;

    private readonly HttpContext context;
    private readonly MultipartReader reader;
    private readonly Dictionary<string, string[]> values = [];

    private UploadForm(HttpContext context, MultipartReader reader) => (this.context, this.reader) = (context, reader);

    public TypedForm Fields { get; private set; } = TypedForm.Empty;
    public Stream Content { get; private set; } = Stream.Null;
    public string FileName { get; private set; } = "";

    /// <summary>Reads up to the file. Null when it is no such form, or its first field is not the stamp of this person's page.</summary>
    /// <exception cref="InvalidDataException">The form is broken or has more fields than ours.</exception>
    public static async Task<UploadForm?> Read(HttpContext context)
    {
        if (!MediaTypeHeaderValue.TryParse(context.Request.ContentType, out var type) || !type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)) return null;
        if (HeaderUtilities.RemoveQuotes(type.Boundary).Value is not { Length: > 0 and <= 70 } boundary) return null; // RFC 2046, section 5.1.1
        var form = new UploadForm(context, new MultipartReader(boundary, context.Request.Body));
        try { return await form.ReadFields(context.ConsoleUser().Stamp) ? form : null; }
        catch (IOException broken) when (broken is not BadHttpRequestException) { throw new InvalidDataException("The form ends too early.", broken); }
    }

    /// <summary>Reads what is left and forgets it: a browser shows the answer only after it has sent everything.</summary>
    public async Task Drain()
    {
        var buffer = new byte[81_920];
        while (await context.Request.Body.ReadAsync(buffer, context.RequestAborted) > 0) continue;
    }

    private async Task<bool> ReadFields(string stamp)
    {
        while (await reader.ReadNextSectionAsync(context.RequestAborted) is { } section)
        {
            if (section.GetContentDispositionHeader() is not { } disposition) throw new InvalidDataException("A part without a name.");
            var isFirst = values.Count == 0;
            if (disposition.IsFileDisposition())
            {
                if (isFirst) return false;
                (Content, FileName) = (new WholeContent(section.Body), disposition.FileNameStar.HasValue ? disposition.FileNameStar.Value! : HeaderUtilities.RemoveQuotes(disposition.FileName).Value ?? "");
                break;
            }
            var name = HeaderUtilities.RemoveQuotes(disposition.Name).Value ?? "";
            var value = await Value(section);
            if (isFirst && (name != SafePost.StampField || !SafePost.Matches(value, stamp))) return false;
            values[name] = [.. values.GetValueOrDefault(name, []), value];
            if (values.Sum(v => v.Value.Length) > MostFields) throw new InvalidDataException("More fields than the form has.");
        }
        Fields = new TypedForm(values);
        return values.Count > 0;
    }

    private async Task<string> Value(MultipartSection section)
    {
        var bytes = new byte[LongestField + 1];
        var length = await section.Body.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, context.RequestAborted);
        return length <= LongestField ? Encoding.UTF8.GetString(bytes, 0, length) : throw new InvalidDataException("A field is longer than the form allows.");
    }
}

/// <summary>The file's part of a form. One that ends before its border was cut on its way, and is a broken form, not a short file.</summary>
internal sealed class WholeContent(Stream content) : Stream
{
    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try { return await content.ReadAsync(buffer, cancellationToken); }
        catch (IOException broken) when (broken is not BadHttpRequestException) { throw new InvalidDataException("The form ends too early.", broken); }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("An upload is read asynchronously.");

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
