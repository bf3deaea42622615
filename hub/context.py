def hub(request):
    return {}
