using Microsoft.Extensions.Options;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using TrustCenter.Operation;
using TrustCenter.Telemetry;

namespace TrustCenter.Host;

/// <summary>
/// Sends the product's own traces and metrics, and the runtime's, to a collector. The framework's request spans are not sent: they name addresses, and an
/// address may open something (ABUSE T-008).
/// </summary>
public sealed class TelemetryExport(IOptions<TrustCenterOptions> options) : IHostedService, IDisposable
{
    private const int LongestFarewell = 5_000; // milliseconds; what is not sent by then is lost, and the host stops

    private TracerProvider? traces;
    private MeterProvider? metrics;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (options.Value.Telemetry.Endpoint is not { } endpoint) return Task.CompletedTask;
        var resource = ResourceBuilder.CreateEmpty().AddService("trustcenter", serviceVersion: ProductVersion.Text);
        traces = Sdk.CreateTracerProviderBuilder().SetResourceBuilder(resource).AddSource(Signals.Name).AddOtlpExporter(o => Set(o, endpoint, "traces")).Build();
        metrics = Sdk.CreateMeterProviderBuilder().SetResourceBuilder(resource).AddMeter(Signals.Name, "System.Runtime").AddOtlpExporter(o => Set(o, endpoint, "metrics")).Build();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        traces?.Shutdown(LongestFarewell);
        metrics?.Shutdown(LongestFarewell);
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        traces?.Dispose();
        metrics?.Dispose();
    }

    // Port 4318 speaks HTTP, every other gRPC, as collectors are set up by default.
    private static void Set(OtlpExporterOptions exporter, Uri endpoint, string signal)
    {
        var isHttp = endpoint.Port == 4318 || endpoint.AbsolutePath.Length > 1;
        exporter.Protocol = isHttp ? OtlpExportProtocol.HttpProtobuf : OtlpExportProtocol.Grpc;
        exporter.Endpoint = isHttp && endpoint.AbsolutePath.Length <= 1 ? new Uri(endpoint, "/v1/" + signal) : endpoint;
    }
}
