using System.Diagnostics.CodeAnalysis;

namespace Pipe.Mime;

/// <summary>A report of a mail system (RFC 6522).</summary>
[SuppressMessage("Naming", "CA1710", Justification = "The name is MimeKit's.")]
public class MultipartReport : Multipart
{
    /// <summary>Creates an empty report of a type.</summary>
    public MultipartReport(string reportType)
        : base("report") => ReportType = reportType;

    /// <summary>Creates a report of a type with children.</summary>
    public MultipartReport(string reportType, params object[] args)
        : base("report", args) => ReportType = reportType;

    internal MultipartReport(EntityHeaders parsed)
        : base(parsed)
    {
    }

    /// <summary>The <c>report-type</c> parameter, such as <c>delivery-status</c>.</summary>
    [DisallowNull]
    public string? ReportType
    {
        get => ContentType.Parameters["report-type"];
        set => ContentType.Parameters["report-type"] = value;
    }
}
